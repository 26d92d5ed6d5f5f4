import type { Tag, Template } from 'liquidjs';
import { ReadLog } from '../../offline/read-log.ts';
import { restoreState, saveState } from './context-state.ts';
import { needOf } from './deferred.ts';
import type { ExploringContext } from './exploring-context.ts';
import { NOWHERE, type Steps } from './tag-kinds.ts';

/** Runs a tag as it is, first with stand-ins for variables; with their values if it turns out to need them. */
export function* runInPlace(tag: Tag, context: ExploringContext): Steps<void> {
  const { run } = context;
  const before = saveState(context);
  const frame = { isItemNeeded: false };
  try {
    yield* run.with({ frame, isEager: false, fileName: fileNameOf(tag) }, function* () {
      yield tag.render(context, NOWHERE);
    });
    if (!frame.isItemNeeded) return;
  } catch (error) {
    if (needOf(error) === undefined) throw error;
  }
  restoreState(context, before);
  yield* runEagerly(tag, context);
}

/** Runs a tag as it is, with the values of variables. */
export function* runEagerly(tag: Tag, context: ExploringContext): Steps<void> {
  const { run } = context;
  const reads = new ReadLog();
  const frame = { isItemNeeded: false };
  try {
    yield* run.with({ frame, isEager: true, isAsked: true, reads, fileName: fileNameOf(tag) }, function* () {
      yield tag.render(context, NOWHERE);
    });
  } finally {
    run.allReads.addAll(reads);
  }
}

/** The name of a partial or layout, where it is put together from variables. */
function fileNameOf(tag: Tag): readonly Template[] | undefined {
  const file: unknown = Reflect.get(tag, 'file');
  return Array.isArray(file) ? file : undefined;
}
