import type { Token } from 'liquidjs';
import type { Place } from '../../errors.ts';
import { templateName } from '../template-name.ts';

/** Where a token of a template stands. */
export function placeOf(token: Token, roots: readonly string[]): Place {
  const [line, column] = token.getPosition();
  return { file: templateName(token.file, roots), line, column };
}
