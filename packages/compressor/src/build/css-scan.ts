/** A stretch of a style sheet; offsets in UTF-16 code units. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A URL in a style sheet, where its text stands: inside the quotes, if it has any. */
export interface ScannedUrl extends Stretch {
  /** With escapes resolved. */
  readonly url: string;
}

/** An `@import`. */
export interface ScannedImport extends Stretch {
  readonly url: string;
  /** Whether a layer, a media query or a supports condition follows the URL. */
  readonly isConditional: boolean;
}

/** What a style sheet holds beside rules. */
export interface ScannedStyle {
  /** The URLs in `url()`, `src()` and `image-set()`, those of at-rules such as `@import` and `@namespace` left out. */
  readonly urls: readonly ScannedUrl[];
  readonly imports: readonly ScannedImport[];
  /** Comments that start with an exclamation mark. */
  readonly licences: readonly Stretch[];
  /** Comments that name a source map. */
  readonly mapLinks: readonly Stretch[];
  /** Whether it declares a namespace for names without prefix. */
  readonly hasDefaultNamespace: boolean;
}

/** CSS Syntax Level 3, 4.3, as far as it takes to tell comments, strings, functions and at-rules apart. */
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>\/\*[\s\S]*?(?:\*\/|$))`,
    String.raw`(?<string>"[^"\\\n\r\f]*(?:\\(?:\r\n|[\s\S])[^"\\\n\r\f]*)*"?|'[^'\\\n\r\f]*(?:\\(?:\r\n|[\s\S])[^'\\\n\r\f]*)*'?)`,
    String.raw`(?<at>@)?(?<words>(?:[^"'\/\\@(){};]+|\\[\s\S])+)(?<call>\()?`,
    String.raw`(?<other>[\s\S])`,
  ].join('|'),
  'gy',
);

/** The name of a function before its parenthesis; with the sign that makes it another token, if it has one. */
const CALL_NAME = /(?:[-\w#]|[^\0-\x7f]|\\[\da-f]{1,6}\s?|\\.)*$/i;

/** What follows `url(` where no quote does, up to its end. */
const PLAIN_URL = /(\s*)([^\s"'()\\]*(?:\\[^\n\r\f][^\s"'()\\]*)*)\s*(?:\)|$)/y;

/** What holds none of these, and no escape that could spell one, need not be looked through. */
const OF_INTEREST = /url\(|src\(|image-set\(|@import|@namespace|\/\*!|sourceMappingURL=|\\[\da-f]/i;

/** At-rules whose URLs name no file that the style shows. */
const NAMING_RULES = new Set(['import', 'namespace', 'charset', 'document', '-moz-document']);
const IMAGE_SETS = new Set(['image-set', '-webkit-image-set']);

/** Finds in a style sheet what parsers do not tell, or not with its place. */
export function scanStyle(css: string): ScannedStyle {
  const urls: ScannedUrl[] = [];
  const imports: ScannedImport[] = [];
  const licences: Stretch[] = [];
  const mapLinks: Stretch[] = [];
  let hasDefaultNamespace = false;
  /** The functions and parentheses that are open, and where the content of the innermost starts. */
  const open: string[] = [];
  let contentStart = 0;
  /** The at-rule whose prelude this is, its URLs, and whether it holds anything else. */
  let rule = '';
  let ruleStart = 0;
  let ruleUrls: ScannedUrl[] = [];
  let hasWords = false;

  const endRule = (end: number): void => {
    const [first] = ruleUrls;
    if (rule === 'import' && first !== undefined) {
      imports.push({ start: ruleStart, end, url: first.url, isConditional: hasWords });
    }
    if (rule === 'namespace' && first !== undefined && !hasWords) hasDefaultNamespace = true;
    [rule, ruleUrls, hasWords] = ['', [], false];
  };
  const found = (start: number, end: number): void => {
    (rule === '' ? urls : ruleUrls).push({ start, end, url: unescapeCss(css.slice(start, end)) });
  };
  const isUrl = (start: number): boolean => {
    const inside = open.at(-1);
    if (inside === undefined) return rule !== '';
    if (inside !== 'url' && inside !== 'src') return IMAGE_SETS.has(inside);
    return /^\s*(?:\/\*[\s\S]*?\*\/\s*)*$/.test(css.slice(contentStart, start));
  };

  TOKEN.lastIndex = OF_INTEREST.test(css) ? 0 : css.length;
  for (let match = TOKEN.exec(css); match?.groups !== undefined; match = TOKEN.exec(css)) {
    const { comment, string, at, words, call, other } = match.groups;
    const start = match.index;
    const end = TOKEN.lastIndex;
    if (comment !== undefined) {
      if (comment.startsWith('/*!')) licences.push({ start, end });
      if (/^\/\*[#@]\s*sourceMappingURL=/.test(comment)) mapLinks.push({ start, end });
    } else if (string !== undefined) {
      const isClosed = string.length > 1 && string.endsWith(string.charAt(0));
      if (isUrl(start)) found(start + 1, isClosed ? end - 1 : end);
    } else if (words !== undefined) {
      const [atName = ''] = at === undefined ? [] : (/^[^\s,:]*/.exec(words) ?? []);
      if (at !== undefined) {
        endRule(start);
        const name = unescapeCss(atName).toLowerCase();
        if (NAMING_RULES.has(name)) [rule, ruleStart] = [name, start];
      }
      const [callName = ''] = call === undefined ? [] : (CALL_NAME.exec(words) ?? []);
      const called = unescapeCss(callName).toLowerCase();
      const between = words.slice(atName.length, words.length - callName.length);
      if (rule !== '' && (between.trim() !== '' || (call !== undefined && called !== 'url'))) hasWords = true;
      if (call === undefined) continue;
      PLAIN_URL.lastIndex = end;
      const plain = called === 'url' ? PLAIN_URL.exec(css) : null;
      if (plain === null) {
        open.push(called);
        contentStart = end;
      } else {
        const from = end + (plain[1] ?? '').length;
        found(from, from + (plain[2] ?? '').length);
        TOKEN.lastIndex = PLAIN_URL.lastIndex;
      }
    } else if (other === '(') {
      hasWords = true;
      open.push('');
    } else if (other === ')') open.pop();
    else if (other === ';' || other === '{' || other === '}') {
      if (open.length === 0 && rule !== '') endRule(end);
      if (other !== ';') open.length = 0;
    }
  }
  endRule(css.length);
  return { urls, imports, licences, mapLinks, hasDefaultNamespace };
}

/** CSS Syntax Level 3, 4.3.7. */
function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:([\da-f]{1,6})(?:\r\n|\s)?|(\r\n|[\s\S]))/gi,
    (_match, hex: string | undefined, character: string) => {
      if (hex === undefined) return /^[\r\n\f]/.test(character) ? '' : character;
      const code = Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
