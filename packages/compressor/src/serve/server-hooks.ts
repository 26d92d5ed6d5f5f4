import { ArtifactEvents } from '../build/artifact-events.ts';
import type { Build, Making } from '../build/builder.ts';
import { callHook, type Hooks } from '../config/hooks.ts';
import type { CompressorError } from '../errors.ts';
import type { TemplateBlock } from '../render/block-renderer.ts';

/** Calls the hooks of a site while it is served: no page waits for them, and none fails with them. */
export class ServerHooks {
  readonly #hooks: Hooks;
  readonly #onFailure: (failure: CompressorError) => void;
  readonly #artifacts = new ArtifactEvents();
  readonly #running = new Set<Promise<void>>();

  constructor(hooks: Hooks, onFailure: (failure: CompressorError) => void) {
    this.#hooks = hooks;
    this.#onFailure = onFailure;
  }

  /** Tells of what was built. */
  built(build: Build, making: Making): void {
    if (this.#hooks.onArtifact === undefined) return;
    for (const event of this.#artifacts.of(build, making)) {
      this.#call('onArtifact', event.name, () => this.#hooks.onArtifact?.(event));
    }
  }

  /**
   * Tells of a block that is shown.
   *
   * @returns the tags
   */
  shown({ kind, mode, name, place, markup }: TemplateBlock, tags: string): string {
    if (this.#hooks.onBlock !== undefined) {
      const event = { kind, mode, name, place, markup, tags };
      this.#call('onBlock', `a block in ${place.file}`, () => this.#hooks.onBlock?.(event));
    }
    return tags;
  }

  /** Waits for the hooks that were called. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  #call(name: keyof Hooks, what: string, call: () => void | Promise<void>): void {
    const running = callHook(name, what, call).then((failure) => {
      if (failure !== undefined) this.#onFailure(failure);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }
}
