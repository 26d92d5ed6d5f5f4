import { type Emitter, toValue } from 'liquidjs';
import { Html } from '../widgets/fields/html.ts';
import { HtmlPosition } from './html-position.ts';

/**
 * Collects what a template writes. It knows where in the page it is, since the same value means different things in different
 * places: markup stays markup only where a browser expects markup. Within a tag, a comment, a script or a style its signs are
 * escaped, so that it cannot end an attribute or an element.
 */
export class HtmlEmitter implements Emitter {
  buffer = '';
  readonly #position = new HtmlPosition();
  /** The end of the buffer, which the position has not seen: nobody asked since. */
  #unread = '';

  write(value: unknown): void {
    if (value instanceof Html && this.isInMarkup) {
      const text = value.toString();
      this.buffer += text;
      if (!isWhole(value)) this.#unread = text;
      return;
    }
    const text = value instanceof Html ? escapeSigns(value.toString()) : textOf(value);
    this.buffer += text;
    this.#unread += text;
  }

  /** All that was written. */
  toHtml(): Html {
    const html = Html.trusted(this.buffer);
    whole.set(html, this.isInMarkup);
    return html;
  }

  /** Whether what is written next stands between elements or in their text. */
  get isInMarkup(): boolean {
    this.#position.read(this.#unread);
    this.#unread = '';
    return this.#position.isInMarkup;
  }
}

/** Whether what stands behind some markup is read as markup again: it leaves no tag, comment or script open. Each is looked through once. */
function isWhole(html: Html): boolean {
  const known = whole.get(html);
  if (known !== undefined) return known;
  const position = new HtmlPosition();
  position.read(html.toString());
  whole.set(html, position.isInMarkup);
  return position.isInMarkup;
}

const whole = new WeakMap<Html, boolean>();

/** References such as `&amp;` stay: what is escaped here was escaped as text already. */
function escapeSigns(markup: string): string {
  return markup.replace(/[<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

const SIGNS: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What LiquidJS writes for a value that no template made text of: nothing for nothing. */
function textOf(value: unknown): string {
  const plain: unknown = toValue(value);
  return plain === undefined || plain === null ? '' : String(plain);
}
