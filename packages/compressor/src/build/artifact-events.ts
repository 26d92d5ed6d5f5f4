import { LRUCache } from 'lru-cache';
import type { ArtifactEvent } from '../config/hooks.ts';
import type { Build, Making } from './builder.ts';
import { fileFacts } from './finished.ts';

/** Turns builds into events, one for each artifact that was not told of before. */
export class ArtifactEvents {
  readonly #told = new LRUCache<string, true>({ max: REMEMBERED_NAMES });

  of({ key, entries, files }: Build, { milliseconds, inputs }: Making): ArtifactEvent[] {
    const sources = [...new Set([...inputs.values()].map(({ name }) => name))].sort();
    return [...entries, ...files]
      .filter(({ name }) => !this.#told.has(name) && this.#told.set(name, true))
      .map((artifact) => {
        const { name, size, integrity } = fileFacts(artifact);
        const { type, bytes } = artifact;
        return { name, type, size, integrity, key, sources, milliseconds, bytes: async () => bytes };
      });
  }
}

/** Artifacts that were told of and are remembered, so that each comes once. */
const REMEMBERED_NAMES = 10_000;
