import { stripVTControlCharacters } from 'node:util';

/** The levels of the logger, by their numbers. */
const LEVELS: ReadonlyMap<unknown, string> = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warning'],
  [50, 'error'],
  [60, 'fatal'],
]);

/** What each entry has, and a line says in its own way or not at all. */
const SAID: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err', 'reqId']);

/**
 * An entry of the log, a line of JSON, as somebody who develops a site reads it: `12:04:31 warning …`, what belongs to it, and below it where
 * an error was made. What is no entry stays as it is.
 */
export function plainLine(line: string): string {
  const entry = entryOf(line);
  if (entry === undefined) return line;
  const { level, time, msg, err } = entry;
  const head = [clockOf(time), LEVELS.get(level), msg, ...Object.entries(entry).flatMap(detailOf)];
  const text = head.filter((part) => part !== undefined && part !== '').join(' ');
  return `${withoutControls(text)}\n${errorText(err)}`;
}

function entryOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? { ...entry } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function clockOf(time: unknown): string | undefined {
  return typeof time === 'number' ? new Date(time).toTimeString().slice(0, 8) : undefined;
}

function detailOf([key, value]: [string, unknown]): string[] {
  if (SAID.has(key)) return [];
  return [`${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`];
}

/** The stack of an error, which begins with its message; a cause is in it. */
function errorText(err: unknown): string {
  const { stack, message }: { readonly stack?: unknown; readonly message?: unknown } = Object(err);
  const text = typeof stack === 'string' ? stack : message;
  if (typeof text !== 'string') return '';
  return `${text
    .split('\n')
    .map((part) => `  ${withoutControls(part)}\n`)
    .join('')}`;
}

/** What visitors send stands in the log, and could otherwise write to the terminal whatever it likes. */
function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced.
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '\ufffd');
}
