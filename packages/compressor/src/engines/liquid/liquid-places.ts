import { relative, sep } from 'node:path';
import type { Token } from 'liquidjs';
import type { Place } from '../../errors.ts';

/** Where a token of a template stands. */
export function placeOf(token: Token, roots: readonly string[]): Place {
  const [line, column] = token.getPosition();
  return { file: templateName(token.file, roots), line, column };
}

/** The name of a template below the first folder that holds it. */
export function templateName(file: string | undefined, roots: readonly string[]): string {
  if (file === undefined) return 'template';
  const root = roots.find((folder) => file.startsWith(folder + sep));
  return root === undefined ? file : relative(root, file).split(sep).join('/');
}
