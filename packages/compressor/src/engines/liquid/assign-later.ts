import type { Tag } from 'liquidjs';
import { ReadLog } from '../../offline/read-log.ts';
import { type ContextState, restoreState, saveState, scopesOf } from './context-state.ts';
import type { Deferred, Outcome } from './deferred.ts';
import type { ExploringContext } from './exploring-context.ts';
import type { RenderingOf } from './liquid-tags.ts';
import { NOWHERE, type Steps } from './tag-kinds.ts';

/** What running a tag aside came to. */
interface Assigned {
  readonly scope: Readonly<Record<string, unknown>>;
  readonly reads: ReadLog;
}

/**
 * Gives names that a tag assigns a stand-in each: when a block needs one of them, the tag really runs where it stood, once.
 *
 * @param before the state of the context before the tag
 */
export function assignLater(
  tag: Tag,
  names: ReadonlySet<string>,
  before: ContextState,
  context: ExploringContext,
  renderingOf: RenderingOf,
): void {
  let done: Assigned | undefined;
  const { run } = context;
  for (const name of names) {
    const deferred: Deferred = {
      *find(): Steps<Outcome> {
        done ??= yield* runAside(tag, before, context, renderingOf);
        run.reads.addAll(done.reads);
        return Object.hasOwn(done.scope, name)
          ? { type: 'value', value: done.scope[name] }
          : { type: 'none' };
      },
    };
    Object.assign(context.bottom(), { [name]: context.standIn(deferred) });
  }
}

function* runAside(
  tag: Tag,
  state: ContextState,
  context: ExploringContext,
  renderingOf: RenderingOf,
): Steps<Assigned> {
  const { run } = context;
  const now = saveState(context, state);
  const rendering = renderingOf(context);
  const { block } = rendering;
  const reads = new ReadLog();
  const { token } = tag;
  try {
    // It stands outside the block that needs it.
    rendering.block = undefined;
    restoreState(context, state);
    return yield* run.with({ mode: 'aside', isEager: true, reads, token }, function* () {
      yield tag.render(context, NOWHERE);
      return { scope: { ...scopesOf(context)[0] }, reads };
    });
  } finally {
    rendering.block = block;
    restoreState(context, now);
  }
}
