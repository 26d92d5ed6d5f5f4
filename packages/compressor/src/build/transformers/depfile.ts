/**
 * The prerequisites that a depfile names, each once, in order: the Makefile rules that compilers write (`gcc -MD`), with
 * escapes as GCC and Ninja read them.
 *
 * - A backslash at the end of a line continues it, and one before a space or `#` takes away its meaning. Other backslashes
 *   stand for themselves, so paths of Windows need no care. Of backslashes before a space, each two mean one.
 * - `$$` is a dollar sign. `#` begins a comment.
 * - There may be several targets and several rules; what stands before the colon is no prerequisite. The colon of a drive
 *   (`C:\a`) ends no targets.
 */
export function parseDepfile(text: string): string[] {
  const found = new Set<string>();
  for (const rule of logicalLines(text)) {
    let isAfterColon = false;
    for (const word of wordsOf(rule)) {
      if (isAfterColon) {
        found.add(word.text);
        continue;
      }
      const colon = endOfTargets(word);
      if (colon === undefined) continue;
      isAfterColon = true;
      const rest = word.text.slice(colon + 1).replace(/^:/, '');
      if (rest !== '') found.add(rest);
    }
  }
  return [...found];
}

/** Lines with those that continue them. */
function logicalLines(text: string): string[] {
  return text.replace(/(?<!\\)((?:\\\\)*)\\\r?\n/g, '$1 ').split(/\r?\n/);
}

/** A word without escapes, and where in it colons stood that were not escaped. */
interface Word {
  readonly text: string;
  readonly colons: readonly number[];
}

/** What makes up a word: backslashes and what they escape, `$$`, or a character. */
const PIECE = /(?<slashes>\\+)(?<escaped>[ \t#:]?)|\$(?<dollar>\$)|(?<space>[ \t\r\f\v]+)|(?<other>.)/gsu;

function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  let text = '';
  let colons: number[] = [];
  const end = (): void => {
    if (text !== '') words.push({ text, colons });
    text = '';
    colons = [];
  };
  for (const { groups = {} } of line.matchAll(PIECE)) {
    const { slashes, escaped = '', dollar, space, other } = groups;
    if (slashes !== undefined) {
      const isEscaped = escaped !== '' && slashes.length % 2 === 1;
      if (escaped === '') text += slashes;
      else if (isEscaped) text += slashes.slice(0, (slashes.length - 1) / 2) + escaped;
      else {
        text += slashes;
        if (escaped === '#') return [...words, { text, colons }];
        if (escaped === ':') {
          colons.push(text.length);
          text += escaped;
        } else end();
      }
    } else if (space !== undefined) end();
    else if (other === '#') {
      end();
      return words;
    } else {
      if (other === ':') colons.push(text.length);
      text += dollar ?? other ?? '';
    }
  }
  end();
  return words;
}

/** The index of the colon that ends the targets; undefined if there is none in the word. */
function endOfTargets({ text, colons }: Word): number | undefined {
  return colons.find((index) => !isDrive(text, index));
}

function isDrive(text: string, colon: number): boolean {
  return colon === 1 && /^[a-z]:[\\/]/i.test(text);
}
