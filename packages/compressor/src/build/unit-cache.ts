import { LRUCache } from 'lru-cache';
import type { DependencyGraph } from '../sources/dependency-graph.ts';
import type { Inputs } from './unit.ts';

/** Remembers what was compiled, each thing once, until one of the files read for it changes. */
export class UnitCache<T extends { readonly inputs: Inputs }> {
  readonly #graph: DependencyGraph;
  readonly #units: LRUCache<string, Promise<T>>;
  readonly #making = new Set<string>();
  readonly #failed = new Set<string>();

  readonly #onFailure: (error: unknown) => void;

  /**
   * @param graph where it records who read what; ids of different caches must differ
   * @param onFailure told why something could not be made
   */
  constructor(graph: DependencyGraph, onFailure: (error: unknown) => void = () => {}) {
    this.#graph = graph;
    this.#onFailure = onFailure;
    this.#units = new LRUCache({ max: REMEMBERED_UNITS, dispose: (_unit, id) => graph.delete(id) });
  }

  /** What is remembered under an id, or is being made; a failure is remembered too. */
  get(id: string, make: () => Promise<T>): Promise<T> {
    const known = this.#units.get(id);
    if (known !== undefined) return known;
    const unit = make();
    this.#units.set(id, unit);
    this.#making.add(id);
    const isCurrent = () => this.#units.peek(id) === unit && this.#making.delete(id);
    unit.then(
      ({ inputs }) => {
        if (isCurrent())
          this.#graph.set(
            id,
            [...inputs.values()].map(({ path }) => path),
          );
      },
      (error) => {
        if (isCurrent()) this.#failed.add(id);
        this.#onFailure(error);
      },
    );
    return unit;
  }

  /**
   * Drops what was made from changed files, and all of which nobody knows what it read: what failed, because any change may
   * have mended it, and what is still being made. Who asked for that gets it nevertheless; who asks from now on does not.
   *
   * @param ids the units known to have read the files
   */
  drop(ids: Iterable<string>): void {
    for (const id of [...ids, ...this.#failed, ...this.#making]) this.#units.delete(id);
    this.#failed.clear();
    this.#making.clear();
  }
}

/** Compiled sources kept in memory at most. */
const REMEMBERED_UNITS = 2_000;
