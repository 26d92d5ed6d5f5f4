import { messageOf } from '../../caught.ts';
import { CompressorError, type Place } from '../../errors.ts';

/**
 * An error of Nunjucks, or of anything that ran in a template, as one that says where.
 *
 * @param place where, if the error does not know
 */
export function locatedError(error: unknown, place: Place): CompressorError {
  if (error instanceof CompressorError) {
    if (error.place !== undefined) return error;
    return new CompressorError(error.code, { message: error.summary, place, help: error.help, cause: error });
  }
  const message = messageOf(error);
  const missing = /^template not found: (.*)$/s.exec(message)?.[1];
  if (missing === undefined) return new CompressorError('template-failed', { message, place, cause: error });
  return new CompressorError('template-missing', {
    message: `there is no template "${missing}"`,
    place,
    cause: error,
  });
}

/** An error of the parser or the compiler of Nunjucks, which count lines and columns from 1 where they know them. */
export function parseError(error: unknown, file: string): CompressorError {
  if (error instanceof CompressorError) return error;
  const message = messageOf(error);
  const place = { file, line: numberIn(error, 'lineno'), column: numberIn(error, 'colno') };
  return new CompressorError('template-syntax', { message, place, cause: error });
}

function numberIn(error: unknown, key: string): number | undefined {
  const value: unknown = error instanceof Error ? Reflect.get(error, key) : undefined;
  return typeof value === 'number' ? value : undefined;
}
