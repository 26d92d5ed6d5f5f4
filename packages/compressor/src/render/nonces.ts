import { LRUCache } from 'lru-cache';
import { parseMarkup } from '../recipe/markup.ts';

/** The markup of a block with a stand-in for its nonce. */
export interface Nonced {
  readonly markup: string;
  /** Puts the nonce into what was written for that markup. */
  fill(html: string): string;
}

/**
 * Takes the nonce out of the markup of blocks. It changes with every request and is no part of what is built, so with it in
 * place nothing that was rendered could be used again.
 */
export class Nonces {
  readonly #safe = new LRUCache<string, boolean>({ max: REMEMBERED_MARKUPS });

  /** Undefined for markup without a nonce, with several, or with one where it is more than an attribute. */
  takeOut(markup: string): Nonced | undefined {
    if (!markup.includes('nonce=') || markup.includes(STAND_IN)) return undefined;
    const [, nonce] = ATTRIBUTE.exec(markup) ?? [];
    if (nonce === undefined) return undefined;
    const plain = markup.replaceAll(`nonce="${nonce}"`, `nonce="${STAND_IN}"`);
    if (plain.includes(nonce) || !this.#isSafe(plain)) return undefined;
    return { markup: plain, fill: (html) => html.replaceAll(STAND_IN, nonce) };
  }

  #isSafe(markup: string): boolean {
    const known = this.#safe.get(markup);
    if (known !== undefined) return known;
    const isSafe = isOnlyAttribute(markup);
    this.#safe.set(markup, isSafe);
    return isSafe;
  }
}

function isOnlyAttribute(markup: string): boolean {
  try {
    return parseMarkup(markup).every((piece) => piece.type !== 'element' || !piece.text.includes(STAND_IN));
  } catch {
    return false; // What is wrong with it is said where it is rendered.
  }
}

/** A nonce as servers make them: base64 of some kind (Content Security Policy Level 3, 2.3.1). */
const ATTRIBUTE = /\snonce="([\w+/=-]{8,})"/;
const STAND_IN = 'stand-in-for-a-nonce';

/** Markups kept in memory at most. */
const REMEMBERED_MARKUPS = 1_000;
