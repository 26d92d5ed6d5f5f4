import { TokenType, tokenizer } from '@csstools/css-tokenizer';

/** A stretch of a style sheet; offsets in UTF-16 code units. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A URL in a style sheet, where its text stands: inside the quotes, if it has any. */
export interface ScannedUrl extends Stretch {
  /** With escapes resolved. */
  readonly url: string;
  /** Whether it stands in quotes. */
  readonly isQuoted: boolean;
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

/** What holds none of these, and no escape that could spell one, need not be looked through. */
const OF_INTEREST = /url\(|src\(|image-set\(|@import|@namespace|\/\*!|sourceMappingURL=|\\[\da-f]/i;

/** At-rules whose URLs name no file that the style shows. */
const NAMING_RULES = new Set(['import', 'namespace', 'charset', 'document', '-moz-document']);
const IMAGE_SETS = new Set(['image-set', '-webkit-image-set']);

/** An open function or parenthesis, and whether anything stood in it yet. */
interface Open {
  readonly name: string;
  isEmpty: boolean;
}

/** The at-rule whose prelude is being read. */
interface Prelude {
  readonly name: string;
  readonly start: number;
  url: string | undefined;
  /** Whether it holds anything beside the URL. */
  hasWords: boolean;
}

/** Finds in a style sheet, token by token, what the parser of the bundler does not tell, or not with its place. */
export function scanStyle(css: string): ScannedStyle {
  const urls: ScannedUrl[] = [];
  const imports: ScannedImport[] = [];
  const licences: Stretch[] = [];
  const mapLinks: Stretch[] = [];
  let hasDefaultNamespace = false;
  const open: Open[] = [];
  let prelude: Prelude | undefined;

  const endPrelude = (end: number): void => {
    if (prelude?.url !== undefined) {
      const { name, start, url, hasWords } = prelude;
      if (name === 'import') imports.push({ start, end, url, isConditional: hasWords });
      if (name === 'namespace' && !hasWords) hasDefaultNamespace = true;
    }
    prelude = undefined;
  };
  const found = (url: ScannedUrl): void => {
    if (prelude === undefined) urls.push(url);
    else prelude.url ??= url.url;
  };
  const isUrlHere = (): boolean => {
    const inside = open.at(-1);
    if (inside === undefined) return prelude !== undefined;
    return (
      IMAGE_SETS.has(inside.name) || ((inside.name === 'url' || inside.name === 'src') && inside.isEmpty)
    );
  };

  if (!OF_INTEREST.test(css)) return { urls, imports, licences, mapLinks, hasDefaultNamespace };
  const tokens = tokenizer({ css });
  for (let token = tokens.nextToken(); token[0] !== TokenType.EOF; token = tokens.nextToken()) {
    const [type, raw, start, last] = token;
    const end = last + 1;
    if (type === TokenType.Comment) {
      if (raw.startsWith('/*!')) licences.push({ start, end });
      if (/^\/\*[#@]\s*sourceMappingURL=/.test(raw)) mapLinks.push({ start, end });
      continue;
    }
    if (type === TokenType.Whitespace) continue;
    const inside = open.at(-1);
    if (type === TokenType.AtKeyword) {
      endPrelude(start);
      const name = token[4].value.toLowerCase();
      if (NAMING_RULES.has(name)) prelude = { name, start, url: undefined, hasWords: false };
    } else if (type === TokenType.URL) {
      found({ ...unquoted(raw, start), url: token[4].value, isQuoted: false });
    } else if (type === TokenType.String && isUrlHere()) {
      found({ ...withoutQuotes(raw, start, end), url: token[4].value, isQuoted: true });
    } else if (type === TokenType.Function) {
      const name = token[4].value.toLowerCase();
      if (prelude !== undefined && name !== 'url' && name !== 'src') prelude.hasWords = true;
      open.push({ name, isEmpty: true });
    } else if (type === TokenType.CloseParen) {
      open.pop();
    } else if (type === TokenType.Semicolon) {
      if (open.length === 0) endPrelude(end);
    } else if (type === TokenType.OpenCurly || type === TokenType.CloseCurly) {
      endPrelude(start);
      open.length = 0;
    } else {
      if (type === TokenType.OpenParen) open.push({ name: '', isEmpty: true });
      if (prelude !== undefined) prelude.hasWords = true;
    }
    if (inside !== undefined) inside.isEmpty = false;
  }
  endPrelude(css.length);
  return { urls, imports, licences, mapLinks, hasDefaultNamespace };
}

/** Where the URL stands in `url(…)` without quotes. */
function unquoted(raw: string, start: number): Stretch {
  const [, before = '', text = ''] = /^([^(]*\(\s*)((?:\\[\s\S]|[^\s)\\])*)/.exec(raw) ?? [];
  return { start: start + before.length, end: start + before.length + text.length };
}

/** Where the text of a string stands; the end of the file closes one too. */
function withoutQuotes(raw: string, start: number, end: number): Stretch {
  const isClosed = raw.length > 1 && raw.endsWith(raw.charAt(0));
  return { start: start + 1, end: isClosed ? end - 1 : end };
}
