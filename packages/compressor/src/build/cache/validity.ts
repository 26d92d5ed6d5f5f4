import { isAbsolute, join, relative, sep } from 'node:path';
import { CompressorError } from '../../errors.ts';
import type { BuildContext } from '../context.ts';
import type { Inputs } from '../unit.ts';
import type { Surroundings, UnitEntry } from './index.ts';
import type { LooksFor, Recorded } from './recording.ts';
import type { SurroundingsReader } from './surroundings.ts';

/** What a build hangs on. */
export type Dependencies = Omit<UnitEntry, 'digest' | 'traits'>;

/** Writes down what a build hangs on, and says later whether all of that is still so. */
export class Validity {
  readonly #context: BuildContext;
  readonly #surroundings: SurroundingsReader;
  readonly #finds = new Map<string, Promise<string | null | undefined>>();

  constructor(context: BuildContext, surroundings: SurroundingsReader) {
    this.#context = context;
    this.#surroundings = surroundings;
  }

  /**
   * What a build hangs on.
   *
   * @param isBundle whether the bundler looked files up
   */
  describe(inputs: Inputs, { finds, looked, notes }: Recorded, isBundle: boolean): Dependencies {
    const kind = kindOf(looked, isBundle);
    return {
      inputs: [...inputs.values()].map(({ path, name, hash }) => ({ path: this.#near(path), name, hash })),
      finds: [...finds].map(([name, path]) => [name, path === null ? null : this.#near(path)]),
      surroundings: kind && this.#surroundings.read(kind, inputs.keys()),
      notes,
    };
  }

  /**
   * Whether a build would read the same again: each name still means the same file, each file holds the same, and nothing
   * new lies where a tool would look for it.
   */
  async holds(entry: UnitEntry): Promise<boolean> {
    const { finder, reader } = this.#context;
    for (const [name, path] of entry.finds) {
      if ((await this.#find(name)) !== path) return false;
    }
    for (const { path, name, hash } of entry.inputs) {
      const file = this.#far(path);
      if (finder.nameOf(file) !== name) return false;
      const snapshot = await reader.readAgain(file, name).catch(() => undefined);
      if (snapshot?.hash !== hash) return false;
    }
    if (entry.surroundings === undefined) return true;
    const { kind, site, packages } = entry.surroundings;
    const now = this.#surroundings.read(
      kind,
      entry.inputs.map(({ path }) => this.#far(path)),
    );
    return now.site === site && now.packages === packages;
  }

  /** The files that were read, as builds know them. */
  inputsOf({ inputs }: UnitEntry): Inputs {
    return new Map(
      inputs.map(({ path, name, hash }) => [this.#far(path), { name, path: this.#far(path), hash }]),
    );
  }

  /** The path that a name means, null if none; undefined if that cannot be told. */
  #find(name: string): Promise<string | null | undefined> {
    const known = this.#finds.get(name);
    if (known !== undefined) return known;
    const found = this.#context.finder.find(name).then(
      ({ path }) => this.#near(path),
      (error) => (error instanceof CompressorError && error.code === 'source-missing' ? null : undefined),
    );
    this.#finds.set(name, found);
    return found;
  }

  /** Paths are kept from the folder of the configuration, so that a cache is good for another checkout. */
  #near(path: string): string {
    return relative(this.#context.finder.base, path).split(sep).join('/');
  }

  #far(path: string): string {
    return isAbsolute(path) ? path : join(this.#context.finder.base, path);
  }
}

/** Which files count: the bundler looks for code, transformers for what they say. */
function kindOf(looked: ReadonlySet<LooksFor>, isBundle: boolean): Surroundings['kind'] | undefined {
  if (looked.has('all')) return 'all';
  return isBundle || looked.has('code') ? 'code' : undefined;
}
