import { LRUCache } from 'lru-cache';
import type { Builder } from '../build/builder.ts';
import type { Part } from '../build/plan.ts';
import { CompressorError } from '../errors.ts';
import { type Group, groupIdentity } from '../recipe/recipe.ts';
import { entryFile } from '../render/asset-url.ts';
import type { BlockObserver } from '../render/block-renderer.ts';
import type { FileChange } from '../sources/watcher.ts';
import type { LiveReload } from './live-reload.ts';

interface Shown {
  readonly group: Group;
  readonly part: Part;
  readonly folder: string;
}

/** Decides what open pages do when files change: a style sheet is swapped, anything else reloads, errors are shown. */
export class Development implements BlockObserver {
  readonly #builder: Builder;
  readonly #live: LiveReload;
  readonly #isTemplate: (path: string) => boolean;
  readonly #shown = new LRUCache<string, Shown>({ max: REMEMBERED_GROUPS });
  readonly #failed = new Map<string, { group: Group | undefined; error: CompressorError }>();

  constructor(builder: Builder, live: LiveReload, isTemplate: (path: string) => boolean) {
    this.#builder = builder;
    this.#live = live;
    this.#isTemplate = isTemplate;
  }

  shown(group: Group, part: Part, folder: string): void {
    const id = groupIdentity(group);
    this.#shown.set(id, { group, part, folder });
    if (this.#failed.delete(id)) this.#showProblems();
  }

  failed(id: string, error: CompressorError, group: Group | undefined): void {
    this.#failed.set(id, { group, error });
    this.#showProblems();
  }

  /** To be called after everything built from the changed files was forgotten. */
  async update(changes: readonly FileChange[]): Promise<void> {
    const paths = new Set(changes.map(({ path }) => path).filter((path) => !isScratch(path)));
    if (paths.size === 0) return;
    if ([...paths].some(this.#isTemplate)) {
      this.#failed.clear();
      this.#showProblems();
      return this.#live.send({ type: 'reload' });
    }
    const styles = [...this.#shown.values()].filter(({ group }) => group.goal === 'style');
    const touched = styles.filter(({ part }) => readsAny(part, paths));
    const covered = new Set(touched.flatMap(({ part }) => [...part.inputs.values()].map(({ path }) => path)));
    const isOnlyStyles = [...paths].every((path) => covered.has(path));
    const mended = await this.#retryFailed();
    for (const shown of touched) await this.#swap(shown);
    this.#showProblems();
    if (mended || !isOnlyStyles) this.#live.send({ type: 'reload' });
  }

  /** @returns whether something that no page could show before can be shown now */
  async #retryFailed(): Promise<boolean> {
    let mended = false;
    for (const [id, { group }] of this.#failed) {
      if (group === undefined) continue; // Only a change of the template mends it.
      const error = await this.#plan(group);
      if (error instanceof CompressorError) this.#failed.set(id, { group, error });
      else {
        this.#failed.delete(id);
        mended ||= !this.#shown.has(id);
      }
    }
    return mended;
  }

  async #swap({ group, folder }: Shown): Promise<void> {
    const id = groupIdentity(group);
    const part = await this.#plan(group);
    if (part instanceof CompressorError) this.#failed.set(id, { group, error: part });
    else if (part !== undefined) {
      this.#shown.set(id, { group, part, folder });
      this.#live.send({ type: 'style', folder, file: entryFile(part.name, part.key, part.goal) });
    }
  }

  async #plan(group: Group): Promise<Part | CompressorError | undefined> {
    try {
      return (await this.#builder.plan(group))[0];
    } catch (error) {
      if (error instanceof CompressorError) return error;
      throw error;
    }
  }

  #showProblems(): void {
    this.#live.showProblems([...this.#failed.values()].map(({ error }) => error));
  }
}

function readsAny(part: Part, paths: ReadonlySet<string>): boolean {
  return [...part.inputs.values()].some(({ path }) => paths.has(path));
}

/** Editors leave swap and backup files behind, which no page shows. */
function isScratch(path: string): boolean {
  return /(?:^|[\\/])(?:\.[^\\/]*|[^\\/]*~|4913|#[^\\/]*#|[^\\/]*\.(?:sw[a-p]|tmp|bak))$/.test(path);
}

/** Groups watched for open pages at most. */
const REMEMBERED_GROUPS = 500;
