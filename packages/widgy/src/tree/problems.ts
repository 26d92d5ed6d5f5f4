import { MAX_PROBLEMS } from './limits.ts';

/** What can be wrong with a value that should be a tree or an operation. */
export type ProblemCode =
  | 'wrong-shape'
  | 'unknown-key'
  | 'forbidden-key'
  | 'invalid-id'
  | 'invalid-type'
  | 'invalid-slot'
  | 'id-taken'
  | 'not-json'
  | 'too-deep'
  | 'too-many'
  | 'too-large'
  | 'field-too-large'
  | 'field-too-deep';

/** One thing that is wrong with a value from outside. */
export interface Problem {
  readonly code: ProblemCode;
  /** Where it is, as a JSON Pointer (RFC 6901): `/children/0/fields/title`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** What reading a value from outside gives: the value, or all that is wrong with it. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A way into a value, written out only when there is something to tell. */
export interface Path {
  readonly within: Path | undefined;
  readonly key: string | number;
}

/** The problems found so far. */
export interface ProblemLog {
  readonly problems: Problem[];
}

/** Notes a problem. */
export function addProblem(
  { problems }: ProblemLog,
  path: Path | undefined,
  code: ProblemCode,
  message: string,
): void {
  if (problems.length < MAX_PROBLEMS) problems.push({ code, path: pointerTo(keysOf(path)), message });
}

/** Whether there are so many problems that reading on helps nobody. */
export function isHopeless({ problems }: ProblemLog): boolean {
  return problems.length >= MAX_PROBLEMS;
}

function keysOf(path: Path | undefined): readonly (string | number)[] {
  const keys: (string | number)[] = [];
  for (let next = path; next !== undefined; next = next.within) keys.push(next.key);
  return keys.reverse();
}

/** The JSON Pointer (RFC 6901) of a way into a value. */
export function pointerTo(keys: readonly PropertyKey[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** An object as JSON makes them, to be read key by key. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object as JSON makes them: no array, and of no class. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Notes what in an object has no meaning: a key that nobody reads is a mistake, or a change that would be lost. */
export function checkKeys(
  value: PlainObject,
  known: readonly string[],
  path: Path | undefined,
  log: ProblemLog,
): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      addProblem(log, { within: path, key }, 'unknown-key', `nothing is called ${JSON.stringify(key)} here`);
    }
  }
}
