import type { PlainObject } from '../../tree/problems.ts';

/** A refusal of the API, as RFC 9457 has it. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  /** One sentence about this very request, in English. */
  readonly detail: string;
  /** Everything else that belongs to the code. */
  readonly details: PlainObject;
}

/** What became of a request. */
export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Nobody is signed in any more, or somebody else is. */
  | { readonly kind: 'signed-out'; readonly isSomebodyElse?: true }
  /** The server was not reached, or could not do anything at present. Whether it did what was asked is not known. */
  | { readonly kind: 'unreachable' };
