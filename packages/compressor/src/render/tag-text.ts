import { hasOrigin } from '../url-prefix.ts';
import type { RequestValues } from './request-values.ts';

/** A place in the text of tags that each request fills. */
export interface Gap {
  readonly gap: 'url' | 'nonce' | 'crossorigin';
}

/** Where the prefix of the URL stands. */
export const URL_GAP: Gap = { gap: 'url' };
/** Where the attribute `nonce` stands, if the page has a nonce. */
export const NONCE_GAP: Gap = { gap: 'nonce' };
/** Where the attribute `crossorigin` stands, if the file comes from a server that the URL names. */
export const CROSSORIGIN_GAP: Gap = { gap: 'crossorigin' };

/** A stretch of a page. */
export type Piece = string | Gap;

/** The tags of a block, for every request: what only a request decides is filled in by joining text. */
export class TagText {
  readonly #pieces: readonly Piece[];
  readonly #url: string;
  /** The tags for a page that was given nothing. */
  readonly #plain: string;

  /** @param url the prefix of URLs unless a request has its own */
  constructor(pieces: readonly Piece[], url: string) {
    this.#pieces = joinTexts(pieces);
    this.#url = url;
    this.#plain = this.#join(undefined, url);
  }

  fill({ nonce, url }: RequestValues): string {
    return nonce === undefined && url === undefined ? this.#plain : this.#join(nonce, url ?? this.#url);
  }

  #join(nonce: string | undefined, url: string): string {
    let text = '';
    for (const piece of this.#pieces) {
      if (typeof piece === 'string') text += piece;
      else if (piece.gap === 'url') text += url;
      else if (piece.gap === 'nonce') text += nonce === undefined ? '' : ` nonce="${nonce}"`;
      else if (hasOrigin(url)) text += ' crossorigin="anonymous"';
    }
    return text;
  }
}

/** Lists of pieces as one, with a line break between two. */
export function inLines(lists: readonly (readonly Piece[])[]): Piece[] {
  return lists.flatMap((pieces, index) => (index === 0 ? pieces : ['\n', ...pieces]));
}

function joinTexts(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}
