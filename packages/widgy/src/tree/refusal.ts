/** Why an operation cannot be applied to a tree. */
export const REFUSAL_CODES = [
  'tree-frozen',
  'widget-missing',
  'parent-missing',
  'sibling-missing',
  'id-taken',
  'root-fixed',
  'into-itself',
  'not-side-by-side',
  'slots-disordered',
  'copies-incomplete',
  'too-deep',
  'too-many',
  'too-large',
] as const;

/** One of {@link REFUSAL_CODES}. */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refusal: the answer to an operation that does not fit. It is a value; nothing is thrown for what people send. */
export interface Refusal<Code extends string = RefusalCode> {
  readonly code: Code;
  /** What is wrong, in one sentence. */
  readonly what: string;
  /** The widgets it is about. */
  readonly ids: readonly string[];
}

/** A refused answer. */
export interface Refused<R = Refusal> {
  readonly ok: false;
  readonly refusal: R;
}

/** Makes a refused answer. */
export function refuse(code: RefusalCode, what: string, ...ids: string[]): Refused {
  return { ok: false, refusal: { code, what, ids } };
}
