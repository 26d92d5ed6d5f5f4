/** Words that very many passwords are made of, with digits and signs around them. */
const WORDS: readonly string[] = [
  ...['password', 'passwort', 'motdepasse', 'contrasena', 'passphrase', 'secret', 'changeme', 'letmein'],
  ...['welcome', 'hello', 'iloveyou', 'love', 'princess', 'sunshine', 'superman', 'batman', 'dragon'],
  ...['monkey', 'football', 'baseball', 'master', 'shadow', 'trustno', 'whatever', 'computer', 'internet'],
  ...['admin', 'administrator', 'root', 'user', 'guest', 'test', 'demo', 'login', 'default', 'please', 'my'],
  ...['qwerty', 'qwertz', 'azerty', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'asdf', 'zxcvbnm'],
  ...['qwer', 'yxcvbnm', 'zxcv', 'qaz', 'wsx', 'edc', 'rfv', 'abc', 'abcd', 'abcdef', 'abcdefg'],
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december', 'spring', 'summer', 'autumn', 'fall', 'winter', 'monday', 'friday', 'sunday'],
];

/** Signs and digits that stand for letters. */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map([
  ...([
    ['@', 'a'],
    ['4', 'a'],
    ['3', 'e'],
    ['1', 'i'],
    ['!', 'i'],
  ] as const),
  ...([
    ['0', 'o'],
    ['$', 's'],
    ['5', 's'],
    ['7', 't'],
  ] as const),
]);

/** Different characters that a password has, at least. */
const MIN_DIFFERENT = 5;

/**
 * Whether a password is one of the first that somebody tries: few different characters, a row of the alphabet, of digits or of a keyboard, or
 * nothing but very common words with digits and signs.
 */
export function isCommon(password: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size < MIN_DIFFERENT) return true;
  if (ROWS.some((row) => isPartOf(row, folded))) return true;
  const core = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const spelled = [...core].map((one) => LOOKS_LIKE.get(one) ?? one).join('');
  return [folded, spelled].some((text) => isMadeOfWords(text.replace(/[^\p{L}]/gu, '')));
}

/** Rows that one types along, over and over. */
const ROWS: readonly string[] = [
  ...['1234567890', '0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'qwertzuiop', 'azertyuiop'],
  ...[
    'asdfghjkl',
    'zxcvbnm',
    '1q2w3e4r5t6y7u8i9o0p',
    '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
    'qwertyuiopasdfghjklzxcvbnm',
  ],
].flatMap((row) => [row, [...row].reverse().join('')]);

function isPartOf(row: string, text: string): boolean {
  return row.repeat(Math.ceil(text.length / row.length) + 1).includes(text);
}

/** Whether a text is common words and nothing else. A text without letters is not. */
function isMadeOfWords(letters: string): boolean {
  const ends = new Set([0]);
  // In order, so that what ends at a place is known when it is reached.
  for (let at = 0; at < letters.length; at += 1) {
    if (!ends.has(at)) continue;
    for (const word of WORDS) if (letters.startsWith(word, at)) ends.add(at + word.length);
  }
  return letters !== '' && ends.has(letters.length);
}
