import { LRUCache } from 'lru-cache';
import type { DependencyGraph } from '../sources/dependency-graph.ts';
import type { Snapshot } from '../sources/reader.ts';

/** Remembers what was compiled, each thing once, until one of the files read for it changes. */
export class UnitCache<T extends { readonly inputs: ReadonlyMap<string, Snapshot> }> {
  readonly #graph: DependencyGraph;
  readonly #units: LRUCache<string, Promise<T>>;
  readonly #failed = new Set<string>();

  /** @param graph where it records who read what; ids of different caches must differ */
  constructor(graph: DependencyGraph) {
    this.#graph = graph;
    this.#units = new LRUCache({ max: REMEMBERED_UNITS, dispose: (_unit, id) => graph.delete(id) });
  }

  /** What changed while a unit was being made, by id. */
  readonly #changed = new Map<string, Set<string>>();

  /** What is remembered under an id, or is being made; a failure is remembered too. */
  get(id: string, make: () => Promise<T>): Promise<T> {
    const known = this.#units.get(id);
    if (known !== undefined) return known;
    const unit = make();
    this.#units.set(id, unit);
    const changed = new Set<string>();
    this.#changed.set(id, changed);
    unit
      .then(
        ({ inputs }) => {
          const paths = [...inputs.values()].map(({ path }) => path);
          if (this.#units.peek(id) !== unit) return;
          if (paths.some((path) => changed.has(path))) this.#units.delete(id);
          else this.#graph.set(id, paths);
        },
        () => (changed.size > 0 ? this.#units.delete(id) : this.#failed.add(id)),
      )
      .finally(() => {
        if (this.#changed.get(id) === changed) this.#changed.delete(id);
      });
    return unit;
  }

  /**
   * Drops what was made from changed files, and all failures: what they read is not known, so any change may have mended
   * them.
   *
   * @param ids the units known to have read the files
   * @param paths the files, for units still being made
   */
  drop(ids: Iterable<string>, paths: readonly string[]): void {
    for (const changed of this.#changed.values()) for (const path of paths) changed.add(path);
    for (const id of [...ids, ...this.#failed]) this.#units.delete(id);
    this.#failed.clear();
  }
}

/** Compiled sources kept in memory at most. */
const REMEMBERED_UNITS = 2_000;
