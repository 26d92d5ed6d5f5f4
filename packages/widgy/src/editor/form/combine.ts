/**
 * A text with what two people wrote: what both begin and end with stands once, and between it theirs and then mine, in whole words. It is a
 * draft for somebody to mend.
 *
 * @param between what stands between the two where they meet
 */
export function combineTexts(theirs: string, mine: string, between = ' '): string {
  if (theirs === mine || mine === '') return theirs;
  if (theirs === '') return mine;
  const first = wordsOf(theirs);
  const second = wordsOf(mine);
  const most = Math.min(first.length, second.length);
  let start = 0;
  while (start < most && first[start] === second[start]) start++;
  let end = 0;
  while (end < most - start && first.at(-1 - end) === second.at(-1 - end)) end++;
  const middle = (words: readonly string[]) => words.slice(start, words.length - end).join('');
  const parts = [middle(first), middle(second)];
  const [a = '', b = ''] = parts;
  const needsGap = a !== '' && b !== '' && !/\s$/.test(a) && !/^\s/.test(b);
  return `${first.slice(0, start).join('')}${a}${needsGap ? between : ''}${b}${first.slice(first.length - end).join('')}`;
}

/** Words, and what stands between them: together they are the text. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[^\s]+/g) ?? [];
}

/** Rich text of two people: theirs, and then the paragraphs of mine that are not in theirs. */
export function combineBlocks(theirs: readonly string[], mine: readonly string[]): string {
  const known = new Set(theirs);
  return [...theirs, ...mine.filter((block) => !known.has(block))].join('');
}
