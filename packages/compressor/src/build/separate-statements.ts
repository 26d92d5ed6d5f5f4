import type { MappedText } from './source-map.ts';

/**
 * Joins scripts so that each begins a statement of its own, whatever the one before ends with: a comment, no semicolon, an
 * expression that a following parenthesis would call.
 */
export function separateStatements(scripts: readonly MappedText[]): MappedText[] {
  const full = scripts.filter(({ text }) => text.trim() !== '');
  return full.flatMap((script, index) => (index === 0 ? [script] : [{ text: ';' }, script]));
}
