import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Device } from '../server/device.ts';

/** Milliseconds after an edit before it is kept on the device. */
export const KEEP_MS = 200;

/** What keeping needs. */
export interface KeeperOptions {
  readonly device: Pick<Device, 'keep'>;
  readonly document: string;
  /** The id of the tab. */
  readonly client: string;
  /** What is to be kept, as it is now. */
  readonly text: () => string;
  /** Calls a function after milliseconds; returns a function that calls that off. */
  readonly later: (ms: number, call: () => void) => () => void;
}

/** Keeps on the device what a tab has of a document: soon after each edit, and at once before it is sent. */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #isKept: Signal<boolean> = signal(true);
  #cancel: (() => void) | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Whether the device took what was kept last. */
  get isKept(): ReadonlySignal<boolean> {
    return this.#isKept;
  }

  /** Keeps it in a moment, with all that is done until then. */
  soon(): void {
    this.#cancel ??= this.#options.later(KEEP_MS, () => void this.now());
  }

  /** Keeps it at once. False where the device keeps nothing. */
  async now(): Promise<boolean> {
    const { device, document, client, text } = this.#options;
    this.stop();
    const isKept = await device.keep(document, client, text());
    this.#isKept.value = isKept;
    return isKept;
  }

  /** Keeps at once what was to be kept in a moment: there may be none. */
  hurry(): void {
    if (this.#cancel !== undefined) void this.now();
  }

  /** Calls off what was to be kept in a moment. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
