import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is done with a temporary folder, until a signal says that it is not wanted any more. */
export type Job<T> = (folder: string, signal: AbortSignal) => Promise<T>;

/** Runs jobs, as many at once as there are processors, each with a temporary folder that is gone afterwards. */
export class Jobs {
  #controller = new AbortController();
  readonly #folders = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  /** For a process that ends in between: programs would go on, and folders stay. */
  readonly #onExit = (): void => {
    this.#controller.abort();
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  };

  async run<T>(job: Job<T>): Promise<T> {
    const { signal } = this.#controller;
    while (this.#running.size >= availableParallelism()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#running.size === 0) process.once('exit', this.#onExit);
    const running = this.#runNow(job, signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
      if (this.#running.size === 0) process.removeListener('exit', this.#onExit);
      this.#waiting.shift()?.();
    }
  }

  /** Ends all jobs that were begun, and waits until their folders are gone. Others may be begun afterwards. */
  async close(): Promise<void> {
    this.#controller.abort();
    this.#controller = new AbortController();
    await Promise.allSettled([...this.#running]);
  }

  async #runNow<T>(job: Job<T>, signal: AbortSignal): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'compressor-'));
    this.#folders.add(folder);
    try {
      return await job(folder, signal);
    } finally {
      await rm(folder, { recursive: true, force: true });
      this.#folders.delete(folder);
    }
  }
}
