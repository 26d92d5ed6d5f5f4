import type { Answer } from '../server/answer.ts';
import type { Words } from '../words/index.ts';

/** Why something was not done that the server was asked for, as a sentence. */
export function whyNot(answer: Exclude<Answer<unknown>, { readonly kind: 'done' }>, words: Words): string {
  const { errors, state } = words;
  if (answer.kind === 'signed-out') return state.signedOut;
  if (answer.kind === 'unreachable') return errors.noAnswer;
  const { code, detail } = answer.problem;
  // A hook of the site says why itself.
  const said = code === 'vetoed' ? undefined : new Map(Object.entries(errors.problems)).get(code);
  return said ?? errors.siteSays({ detail });
}
