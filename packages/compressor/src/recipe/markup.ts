import { Parser } from 'htmlparser2';
import { CompressorError, type Place } from '../errors.ts';

/** A stretch of a block's markup, with the exact text it was written as. */
export type Piece =
  | { readonly type: 'space'; readonly markup: string }
  | { readonly type: 'other'; readonly markup: string }
  | {
      readonly type: 'element';
      readonly markup: string;
      readonly name: string;
      /** Names lower-case, values with entities decoded; a valueless attribute is empty. */
      readonly attributes: Readonly<Record<string, string>>;
      /** The text between the tags of a `script` or `style`. */
      readonly text: string;
    };

/** Elements that hold no content, so that they end with their start tag. */
const VOID = new Set([
  'link',
  'meta',
  'base',
  'br',
  'hr',
  'img',
  'input',
  'source',
  'track',
  'wbr',
  'area',
  'col',
  'embed',
]);

/** Elements that swallow all that follows when they are not closed. */
const RAW_TEXT = new Set(['script', 'style']);

/**
 * Cuts the markup of a block at the elements of its top level. The pieces joined are the markup again: nothing is lost.
 *
 * @throws CompressorError `markup-unclosed` for a script or style of the top level without end tag
 */
export function parseMarkup(markup: string, place?: Place): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let end = 0;
  /** Set where the parser and browsers see different ends of a script: from there on nothing is understood. */
  let isLost = false;
  let open: { name: string; start: number; attributes: Record<string, string>; text: string } | undefined;

  const gap = (upTo: number): void => {
    if (upTo <= end) return;
    const text = markup.slice(end, upTo);
    pieces.push({ type: text.trim() === '' ? 'space' : 'other', markup: text });
    end = upTo;
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > 1 || isLost) return;
        // After an end tag with spaces the parser points into it.
        const start = markup.indexOf('<', Math.max(parser.startIndex, end));
        gap(start);
        open = { name, start, attributes, text: '' };
      },
      ontext(text) {
        if (open !== undefined && depth === 1) open.text += text;
      },
      onclosetag(_name, implied) {
        depth -= 1;
        if (depth > 0 || open === undefined) return;
        const { name, start, attributes, text } = open;
        open = undefined;
        if (implied && !VOID.has(name)) {
          if (RAW_TEXT.has(name)) throw unclosed(name, markup, start, place);
          return; // Its text joins the next gap.
        }
        if (name === 'script' && isDoubleEscaped(text)) {
          isLost = true;
          return;
        }
        // The parser reports an end tag at the end of its name; spaces may follow.
        const bracket = markup.indexOf('>', parser.endIndex);
        if (bracket === -1) throw unclosed(name, markup, start, place);
        end = bracket + 1;
        pieces.push({ type: 'element', markup: markup.slice(start, end), name, attributes, text });
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(markup);
  gap(markup.length);
  return pieces;
}

function unclosed(name: string, markup: string, start: number, place: Place | undefined): CompressorError {
  const line = markup.slice(0, start).split('\n').length;
  return new CompressorError('markup-unclosed', {
    message: `<${name}> on line ${line} of the block is never closed`,
    place,
    help: `Add </${name}>. "<${name}/>" does not close it in HTML.`,
  });
}

/**
 * Whether a browser would read on past the end tag after this text: after `<!--` and `<script`, the next end tag does not
 * close the element (HTML Standard, "script data double escaped state").
 */
function isDoubleEscaped(text: string): boolean {
  let isEscaped = false;
  let isDouble = false;
  for (const [mark] of text.matchAll(/<!--(?:-?>)?|-->|<script[\s/>]/gi)) {
    if (mark === '<!--') isEscaped = true;
    else if (mark.endsWith('->')) [isEscaped, isDouble] = [false, false];
    else isDouble ||= isEscaped;
  }
  return isDouble;
}
