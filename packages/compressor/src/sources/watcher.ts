import { type FSWatcher, watch } from 'chokidar';

/** What happened to a file. A file replaced by rename counts as changed. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly type: 'added' | 'changed' | 'removed';
}

/**
 * Tells of changes in folders and in single files outside them, a batch at a time. Never keeps the process alive.
 */
export class SourceWatcher {
  readonly #watcher: FSWatcher;
  readonly #watched = new Set<string>();
  readonly #isTold: (path: string) => boolean;
  readonly #listeners = new Set<(changes: readonly FileChange[]) => void>();
  #batch = new Map<string, FileChange>();
  #timer: NodeJS.Timeout | undefined;

  /** Resolves when all changes from then on will be noticed. */
  readonly ready: Promise<void>;

  /**
   * @param folders absolute; one that does not exist yet is noticed when it appears
   * @param onError told when something cannot be watched, as when the system allows no more watches
   * @param isTold whether changes of a file in the folders are told; those of single files always are
   */
  constructor(
    folders: readonly string[],
    onError: (error: unknown) => void = warn,
    isTold: (path: string) => boolean = () => true,
  ) {
    this.#isTold = isTold;
    this.#watcher = watch([...folders], {
      ignoreInitial: true,
      persistent: false,
      atomic: true,
      ignored: (path) => /[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path) && !this.#watched.has(path),
    });
    this.#watcher.on('all', (event, path) => {
      const type =
        event === 'add'
          ? 'added'
          : event === 'change'
            ? 'changed'
            : event === 'unlink'
              ? 'removed'
              : undefined;
      if (type !== undefined) this.#note({ path, type });
    });
    this.#watcher.on('error', onError);
    this.ready = new Promise((resolve) => this.#watcher.once('ready', () => resolve()));
  }

  /** Watches a file outside the folders too; a file already watched costs nothing. */
  add(path: string): void {
    // A build that ends after the watcher still tells what it read.
    if (this.#watched.has(path) || this.#watcher.closed) return;
    this.#watched.add(path);
    this.#watcher.add(path);
  }

  /** @returns a function that ends the listening */
  onChange(listener: (changes: readonly FileChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#listeners.clear();
    await this.#watcher.close();
  }

  #note(change: FileChange): void {
    if (!this.#watched.has(change.path) && !this.#isTold(change.path)) return;
    this.#batch.set(change.path, change);
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      const changes = [...this.#batch.values()];
      this.#batch = new Map();
      this.#timer = undefined;
      for (const listener of this.#listeners) listener(changes);
    }, BATCH_MILLISECONDS);
    this.#timer.unref();
  }
}

/** Not being told of changes is worth a warning, but no reason to end a server. */
function warn(error: unknown): void {
  process.emitWarning(`Some changes of sources will not be noticed: ${String(error)}`);
}

/** Editors write in several steps; changes this close together are told of at once. */
const BATCH_MILLISECONDS = 20;
