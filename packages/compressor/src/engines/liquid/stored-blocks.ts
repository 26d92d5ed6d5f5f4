import type { Context, Emitter } from 'liquidjs';
import type { IsTaken } from '../../offline/exploration.ts';
import { type ContextState, restoreState, savedRegister, saveState } from './context-state.ts';
import type { ExploringContext } from './exploring-context.ts';

/** Renders what a child template put into a block; `parent` is what its layout has there. */
export type BlockRender = (parent: unknown, emitter: Emitter) => Iterable<unknown> | unknown;

/** What a child template stored for the blocks of its layout, by their names. */
export type StoredBlocks = Record<string, BlockRender>;

/** The blocks stored so far, to be changed in place. */
export function blocksOf(context: Context): StoredBlocks {
  return context.getRegister<StoredBlocks>('blocks', {});
}

/** The blocks that were stored since a state was saved. */
export function changedBlocks(context: Context, before: ContextState): StoredBlocks {
  const old = savedRegister(before, 'blocks');
  return Object.fromEntries(
    Object.entries(blocksOf(context)).filter(([name, render]) => old[name] !== render),
  );
}

/** What the branches of a condition store for one and the same block: one of them is shown, or what is there without any. */
export class BlockChoices {
  readonly #choices = new Map<string, { readonly render: BlockRender; readonly isTaken: IsTaken }[]>();

  add(blocks: StoredBlocks, isTaken: IsTaken): void {
    for (const [name, render] of Object.entries(blocks)) {
      this.#choices.set(name, [...(this.#choices.get(name) ?? []), { render, isTaken }]);
    }
  }

  /** For each block one renderer: exploring shows all choices, each in a copy of the scope; rendering the one that is taken. */
  toBlocks(context: ExploringContext, stored: Readonly<StoredBlocks>): StoredBlocks {
    const { run } = context;
    return Object.fromEntries(
      [...this.#choices].map(([name, choices]) => {
        const otherwise = stored[name] ?? renderParent;
        const render = function* (parent: unknown, emitter: Emitter): Generator<unknown, void, unknown> {
          if (run.mode !== 'explore') {
            for (const choice of choices) {
              if (yield choice.isTaken()) return void (yield choice.render(parent, emitter));
            }
            return void (yield otherwise(parent, emitter));
          }
          const before = saveState(context);
          for (const { render: shown, isTaken } of choices) {
            yield* run.with({ conditions: [...run.conditions, isTaken] }, function* () {
              yield shown(parent, emitter);
            });
            restoreState(context, before);
          }
          yield otherwise(parent, emitter);
        };
        return [name, render];
      }),
    );
  }
}

/** What the layout itself has in the block. */
function renderParent(parent: unknown, emitter: Emitter): unknown {
  const render: unknown =
    typeof parent === 'object' && parent !== null ? Reflect.get(parent, 'superBlockRender') : undefined;
  return typeof render === 'function' ? Reflect.apply(render, parent, [emitter]) : undefined;
}
