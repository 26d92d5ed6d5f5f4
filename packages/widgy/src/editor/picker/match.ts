/** A text as searches compare it: without regard to case and marks above letters. */
export function normal(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** What was typed, as the words to look for. */
export function wordsOf(typed: string): readonly string[] {
  return normal(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** How well a normal text has a word: it begins with it, one of its words does, or it stands anywhere; 0 for not at all. */
export function fitOf(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return 3;
  return isWordStart(text, word, at) ? 2 : 1;
}

function isWordStart(text: string, word: string, first: number): boolean {
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) {
    if (!LETTER.test(text.charAt(at - 1))) return true;
  }
  return false;
}

const LETTER = /[\p{L}\p{N}]/u;
