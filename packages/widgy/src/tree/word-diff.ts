/** A piece of one of two texts: of both, or of this one alone. */
export interface TextPiece {
  readonly text: string;
  readonly isOwn: boolean;
}

/** Two texts in pieces. What is not their own is the same in both. */
export interface WordDiff {
  readonly before: readonly TextPiece[];
  readonly after: readonly TextPiece[];
}

/** Pairs of words that are looked at: of texts that are longer, all between their same beginnings and ends counts as different. */
export const MAX_WORD_PAIRS = 1_000_000;

/** Pairs of words that are looked at for all fields of a comparison together; where there are many fields, each has its part of them. */
export const MAX_COMPARED_PAIRS = 10 * MAX_WORD_PAIRS;

/**
 * Marks the words that two texts do not share, with as many shared as can be.
 *
 * @param most pairs of words that are looked at
 */
export function diffWords(before: string, after: string, most: number = MAX_WORD_PAIRS): WordDiff {
  const a = wordsOf(before);
  const b = wordsOf(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [innerA, innerB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const shared = sharedWords(innerA, innerB, most);
  const pieces = (words: readonly string[], inner: readonly string[], own: (at: number) => boolean) =>
    joined([
      ...words.slice(0, start).map((text) => ({ text, isOwn: false })),
      ...inner.map((text, at) => ({ text, isOwn: own(at) })),
      ...words.slice(words.length - end).map((text) => ({ text, isOwn: false })),
    ]);
  return {
    before: pieces(a, innerA, (at) => !shared.a.has(at)),
    after: pieces(b, innerB, (at) => !shared.b.has(at)),
  };
}

/** Words, the spaces between them, and every other character by itself; all of them together are the text. */
function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+|\s+|[^\p{L}\p{N}\p{M}_\s]/gu) ?? [];
}

/** The indexes of a longest common subsequence in both. */
function sharedWords(a: readonly string[], b: readonly string[], most: number) {
  const shared = { a: new Set<number>(), b: new Set<number>() };
  if (a.length * b.length > most) return shared;
  const width = b.length + 1;
  // For each pair of ends the number of words that what follows them shares.
  const lengths = new Uint32Array((a.length + 1) * width);
  const lengthAt = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      shared.a.add(i++);
      shared.b.add(j++);
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i++;
    else j++;
  }
  return shared;
}

function joined(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const runs: TextPiece[] = [];
  for (const { text, isOwn } of pieces) {
    const last = runs.at(-1);
    if (last?.isOwn === isOwn) runs[runs.length - 1] = { text: last.text + text, isOwn };
    else runs.push({ text, isOwn });
  }
  return runs;
}
