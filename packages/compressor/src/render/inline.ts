import { type CodeGoal, type Goal, isOwnGoal } from '../recipe/recipe.ts';
import { type Piece, URL_GAP } from './tag-text.ts';

/**
 * The text of a bundle as it stands in a page. That of a kind of the site is left as it is: only the kind knows what it will
 * stand in.
 *
 * @param references names of artifacts that it refers to
 * @param folder what comes between the prefix of URLs and those names
 */
export async function inlineText(
  goal: Goal,
  text: string,
  references: readonly string[],
  folder: string,
): Promise<Piece[]> {
  if (isOwnGoal(goal)) return [text];
  return absoluteReferences(await escapeInline(goal, text), references, folder);
}

/**
 * The text of a bundle as it may stand inside its element: whatever could close the element, or open a comment that changes
 * how the rest is read (HTML Standard, 4.12.1.3), is written another way with the same meaning. `<script` alone does
 * neither.
 *
 * @throws CompressorError `script-syntax` for a script in which that is not possible
 */
export async function escapeInline(goal: CodeGoal, text: string): Promise<string> {
  if (goal === 'style') return text.replace(/<\/(?=style)/gi, '<\\/');
  const found = Array.from(text.matchAll(DANGEROUS), ({ index }) => index);
  if (found.length === 0) return text;
  // The parser is large, and most scripts hold nothing of the kind.
  const { escapeScript } = await import('./escape-script.ts');
  return escapeScript(goal, text, found);
}

const DANGEROUS = /<(?:!--|\/script)/gi;

/**
 * Makes references to files beside a bundle absolute, because inside a page they would be relative to the page.
 *
 * @param names content-addressed names of those files
 * @param folder where they are below the prefix that all URLs of bundles share: nothing, or a folder with a slash
 */
export function absoluteReferences(text: string, names: readonly string[], folder: string): Piece[] {
  if (names.length === 0) return [text];
  const reference = new RegExp(`(?:\\./)?(${names.map((name) => RegExp.escape(name)).join('|')})`);
  // Splitting at a pattern with one group gives texts and what the group matched, in turn.
  return text
    .split(reference)
    .flatMap((part, index): Piece[] => (index % 2 === 0 ? [part] : [URL_GAP, folder + part]));
}
