import { Drop } from 'liquidjs';
import { escapeHtml, Html } from '../widgets/fields/html.ts';

/**
 * Markup in a variable of a template: a sanitised text, or what `capture` collected. For filters and comparisons it is its text, so
 * what a filter makes of it is a plain text again, and escaped when it is printed.
 */
export class Markup extends Drop {
  readonly #html: Html;

  constructor(html: Html) {
    super();
    this.#html = html;
  }

  get html(): Html {
    return this.#html;
  }

  override valueOf(): string {
    return this.#html.toString();
  }
}

/** Markup of a text that a sanitiser gave. */
export function markupOf(text: string): Markup {
  return new Markup(Html.trusted(text));
}

/**
 * What is written for a value in a widget's template: markup as it is, texts and numbers escaped, lists one item after the other.
 * Other objects have no text.
 */
export function printValue(value: unknown): Html | string {
  if (value instanceof Markup) return value.html;
  const plain: unknown = value instanceof Drop ? value.valueOf() : value;
  if (Array.isArray(plain)) return Html.trusted(plain.map((item) => String(printValue(item))).join(''));
  switch (typeof plain) {
    case 'string':
      return escapeHtml(plain);
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(plain);
    default:
      return plain instanceof Date ? escapeHtml(plain.toString()) : '';
  }
}
