import { parse } from 'rolldown/utils';
import { CompressorError } from '../errors.ts';
import type { Goal } from '../recipe/recipe.ts';

/**
 * The text of a bundle as it may stand inside its element: whatever could close the element, or open a comment that changes
 * how the rest is read (HTML Standard, 4.12.1.3), is written another way with the same meaning.
 *
 * @throws CompressorError `script-syntax` for a script in which that is not possible
 */
export async function escapeInline(goal: Goal, text: string): Promise<string> {
  if (goal === 'style') return text.replace(/<\/(?=style)/gi, '<\\/');
  if (!/<(?:!--|\/?script)/i.test(text)) return text;
  const escaped = text.replace(/<(?=!--|\/?script)/gi, '\\x3C');
  const { errors } = await parse('inline.js', escaped, {
    sourceType: goal === 'module' ? 'module' : 'script',
    lang: 'js',
  });
  if (errors.length === 0) return escaped;
  throw new CompressorError('script-syntax', {
    message:
      'the script holds "<!--", "<script" or "</script" outside a string and cannot be written into the page',
    help: 'Use the mode file for this block, or put a space after "<".',
  });
}

/**
 * Makes references to files beside a bundle absolute, because inside a page they would be relative to the page.
 *
 * @param names content-addressed names of those files
 */
export function absoluteReferences(text: string, names: readonly string[], folderUrl: string): string {
  if (names.length === 0) return text;
  const reference = new RegExp(`(?:\\./)?(${names.map((name) => RegExp.escape(name)).join('|')})`, 'g');
  return text.replace(reference, (_match, name: string) => folderUrl + name);
}
