import { randomInt } from 'node:crypto';
import { CompressorError, formatPlace, type Place } from '../../errors.ts';

/** Something in a page that is known only when the page is finished. */
export interface Pending {
  /** For messages: `the block`, `the static file`. */
  readonly what: string;
  readonly place: Place;
  /** What stands there in the end. It is asked only if the page really shows it, and once. */
  resolve(): string | Promise<string>;
  /** What stands there if the place turns out to be inside a block. */
  inBlock(outer: Place): string;
}

/**
 * Stand-ins for what is known only when a page is finished. Template engines that cannot wait write a stand-in, pass it
 * around like any text, and {@link Placeholders.finish} puts in what it stands for.
 *
 * A stand-in is a character that no text has (a Unicode noncharacter), digits that nobody can guess, a number, and such a
 * character again. Escaping, trimming, joining, changing case, and encoding for URLs or JSON leave it whole. What cuts it or
 * replaces digits in it makes an error, as long as some digits are left; what only looks at it (its length) sees the
 * stand-in. A stand-in that does not come up in the finished page was not meant to be shown.
 */
export class Placeholders {
  #secret = '';
  readonly #pending: Pending[] = [];

  /** Writes a stand-in. */
  leave(pending: Pending): string {
    if (this.#secret === '') this.#secret = newSecret();
    const number = String(this.#pending.push(pending) - 1).padStart(DIGITS, '0');
    return `${START}${this.#secret}${number}${END}`;
  }

  /** The markup of a block, with stand-ins replaced by what they stand for inside blocks. */
  inBlock(markup: string, outer: Place): string {
    return this.#replace(markup, (pending) => pending.inBlock(outer));
  }

  /**
   * The page with everything in its place; all of it is asked for at the same time, in the order of the page.
   *
   * @throws CompressorError `template-failed` if something damaged a stand-in
   */
  async finish(page: string): Promise<string> {
    const shown = new Map<Pending, string>();
    this.#replace(page, (pending) => {
      shown.set(pending, '');
      return '';
    });
    this.#refuseDamage(page, shown);
    await Promise.all([...shown.keys()].map(async (one) => shown.set(one, await one.resolve())));
    return this.#replace(page, (pending) => shown.get(pending) ?? '');
  }

  #replace(text: string, by: (pending: Pending) => string): string {
    if (this.#secret === '' || !text.includes(this.#secret)) return text;
    const plain = this.#replaceBetween(text, START, END, by);
    if (!plain.includes(this.#secret)) return plain;
    const encoded = (pending: Pending): string => encodeURIComponent(by(pending));
    return this.#replaceBetween(plain, encodeURIComponent(START), encodeURIComponent(END), encoded);
  }

  /** Looks for stand-ins from one to the next, which costs less than a pattern does in a long page. */
  #replaceBetween(text: string, start: string, end: string, by: (pending: Pending) => string): string {
    const [first = '', ...parts] = text.split(start + this.#secret);
    let result = first;
    for (const part of parts) {
      const pending = part.startsWith(end, DIGITS) ? this.#pending[Number(part.slice(0, DIGITS))] : undefined;
      result +=
        pending === undefined ? start + this.#secret + part : by(pending) + part.slice(DIGITS + end.length);
    }
    return result;
  }

  #refuseDamage(page: string, shown: ReadonlyMap<Pending, string>): void {
    const lost = this.#pending.filter((pending) => !shown.has(pending));
    if (lost.length === 0) return;
    const rest = this.#replace(page, () => '');
    const reversed = [...this.#secret].reverse().join('');
    const pieces = [this.#secret, reversed].flatMap((digits) =>
      Array.from({ length: digits.length - PIECE + 1 }, (_, at) => digits.slice(at, at + PIECE)),
    );
    if (!pieces.some((piece) => rest.includes(piece))) return;
    const names = lost.map(({ what, place }) => `${what} at ${formatPlace(place)}`).join(', ');
    throw new CompressorError('template-failed', {
      message: `something changed the stand-in of ${names} before the page was finished`,
      place: lost[0]?.place,
      help: 'Do not cut, replace or reverse text that holds blocks or static files; show them outside of what is changed.',
    });
  }
}

function newSecret(): string {
  return Array.from({ length: 3 }, () => String(randomInt(1e11, 1e12))).join('');
}

/** How many digits the number of a stand-in has. */
const DIGITS = 6;

/** Noncharacters: texts that are exchanged do not have them, and escaping leaves them alone. */
const START = '\u{FDD0}';
const END = '\u{FDD1}';

/** So many digits in a row are no accident. */
const PIECE = 12;
