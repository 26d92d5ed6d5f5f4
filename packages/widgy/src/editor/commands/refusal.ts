import type { Refusal, Refused } from '../../tree/refusal.ts';
import type { RuleRefusal } from '../../tree/rules/violation.ts';
import type { Session } from '../session/session.ts';
import { namesOf } from '../words/index.ts';

/** Why a command does nothing: a rule is against it, or somebody may not do it. */
export type CommandRefusal = RuleRefusal | Refusal<'not-permitted'>;

/** What a command came to: the widgets that it leaves selected, or why it did nothing. */
export type Done = { readonly ok: true; readonly ids: readonly string[] } | Refused<CommandRefusal>;

/** The refusal of somebody who may not do something with widgets of a type. */
export function notPermitted(type: string): Refusal<'not-permitted'> {
  return { code: 'not-permitted', what: `you may not do this with widgets of the type "${type}"`, ids: [] };
}

/** What a refusal says to people, as one sentence. */
export function sentenceOf(
  refusal: CommandRefusal,
  { words, catalogue }: Pick<Session, 'words' | 'catalogue'>,
): string {
  // What names no rule and is of no tree is about who asks.
  if (isOfPerson(refusal)) return words.errors.problems['not-permitted'];
  return words.errors.refusal(namesOf(refusal, catalogue));
}

function isOfPerson(refusal: CommandRefusal): refusal is Refusal<'not-permitted'> {
  return refusal.code === 'not-permitted';
}
