/**
 * Which units (sources and groups, by any key) read which files. It answers the one question a change asks: who has to
 * be built again.
 */
export class DependencyGraph {
  readonly #files = new Map<string, ReadonlySet<string>>();
  readonly #units = new Map<string, Set<string>>();

  readonly #onFile: (file: string) => void;

  /** @param onFile told of each file when the first unit reads it */
  constructor(onFile: (file: string) => void = () => {}) {
    this.#onFile = onFile;
  }

  /** Records all files that a unit read, in place of what was recorded before. */
  set(unit: string, files: Iterable<string>): void {
    this.delete(unit);
    const read = new Set(files);
    this.#files.set(unit, read);
    for (const file of read) {
      const units = this.#units.get(file);
      if (units !== undefined) {
        units.add(unit);
        continue;
      }
      this.#units.set(file, new Set([unit]));
      this.#onFile(file);
    }
  }

  delete(unit: string): void {
    for (const file of this.#files.get(unit) ?? []) {
      const units = this.#units.get(file);
      units?.delete(unit);
      if (units?.size === 0) this.#units.delete(file);
    }
    this.#files.delete(unit);
  }

  /** The files that a unit read. */
  filesOf(unit: string): ReadonlySet<string> {
    return this.#files.get(unit) ?? new Set();
  }

  /** The units that read any of the files. */
  unitsReading(files: Iterable<string>): Set<string> {
    const units = new Set<string>();
    for (const file of files) {
      for (const unit of this.#units.get(file) ?? []) units.add(unit);
    }
    return units;
  }
}
