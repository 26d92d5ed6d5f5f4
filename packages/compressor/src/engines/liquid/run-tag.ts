import type { Tag, Template } from 'liquidjs';
import { CompressorError } from '../../errors.ts';
import { ReadLog, variableName } from '../../offline/read-log.ts';
import { restoreState, saveState } from './context-state.ts';
import { needOf } from './deferred.ts';
import type { ExploringContext } from './exploring-context.ts';
import type { Frame } from './run.ts';
import { LOOPS, NOWHERE, type Steps } from './tag-kinds.ts';

/** Runs a tag as it is, first with stand-ins for variables; with their values if it turns out to need them. */
export function* runInPlace(tag: Tag, context: ExploringContext): Steps<void> {
  const before = saveState(context);
  const reached = context.run.reachedCount;
  // What a partial assigns for one item it sees with the next.
  const isLoop = tag.name === 'render' && Reflect.get(tag, 'forBinding') !== undefined;
  const isShown = context.run.isShown && !isLoop && !isNameVaried(tag);
  yield* context.run.with({ isShown }, function* () {
    const isNeeding = yield* needsValues(tag, context, { isItemNeeded: false });
    if (!isNeeding && !(isLoop && context.run.reachedCount > reached)) return;
    restoreState(context, before);
    yield* runEagerly(tag, context);
  });
}

/** Runs a tag with stand-ins for variables, and says whether that is not enough. */
export function* needsValues(tag: Tag, context: ExploringContext, frame: Frame): Steps<boolean> {
  try {
    yield* context.run.with({ frame, isEager: false, fileName: fileNameOf(tag) }, function* () {
      yield tag.render(context, NOWHERE);
    });
    return frame.isItemNeeded;
  } catch (error) {
    if (needOf(error) === undefined) throw error;
    return true;
  }
}

/**
 * Runs a tag as it is, with the values of variables.
 *
 * @throws CompressorError `variable-missing` if what the tag shows hangs on a variable that the context lacks
 */
export function* runEagerly(tag: Tag, context: ExploringContext): Steps<void> {
  const { run } = context;
  const reads = new ReadLog();
  const frame = { isItemNeeded: false };
  try {
    yield* run.with(
      { frame, isEager: true, reads, token: tag.token, fileName: fileNameOf(tag) },
      function* () {
        yield tag.render(context, NOWHERE);
      },
    );
  } catch (error) {
    const isNameless = error instanceof Error && error.message.startsWith('illegal file path');
    throw (tag.name === 'layout' && isNameless && missingError(tag, reads)) || error;
  } finally {
    run.allReads.addAll(reads);
  }
  const missing = LOOPS.has(tag.name) ? missingError(tag, reads) : undefined;
  if (missing !== undefined) throw missing;
}

function missingError(tag: Tag, reads: ReadLog): CompressorError | undefined {
  const missing = [...reads].find(({ isMissing }) => isMissing);
  if (missing === undefined) return undefined;
  const name = variableName(missing);
  const what = LOOPS.has(tag.name) ? 'a block needs the items of' : 'the layout hangs on';
  return new CompressorError('variable-missing', {
    message: `${what} "${name}", which the context lacks`,
    place: missing.place,
  });
}

/** Whether the partial or layout that is shown hangs on variables. */
function isNameVaried(tag: Tag): boolean {
  const file: unknown = Reflect.get(tag, 'file');
  return file !== undefined && typeof file !== 'string';
}

/** The name of a partial or layout, where it is put together from variables. */
function fileNameOf(tag: Tag): readonly Template[] | undefined {
  const file: unknown = Reflect.get(tag, 'file');
  return Array.isArray(file) ? file : undefined;
}
