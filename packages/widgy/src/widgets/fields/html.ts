/**
 * HTML that is safe to send: its texts were escaped when it was made. There is no other way to make it than the functions of this
 * file, so what was only a string cannot pass for markup.
 */
export class Html {
  readonly #text: string;
  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** Takes text as markup: for what this file wrote, and for what a sanitiser gave. */
  static trusted(text: string): Html {
    return new Html(text);
  }
}

/** What may stand in the markup of a template string. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/** Markup written as a template string: what stands in it is escaped, unless it is `Html` itself. Nothing is written for undefined. */
export function html(markup: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const texts = markup.map((text, at) => text + written(parts[at]));
  return Html.trusted(texts.join(''));
}

/** Attributes with a space before each; a true one is written bare, an undefined or false one not at all. */
export function attributes(values: Readonly<Record<string, string | number | boolean | undefined>>): Html {
  const texts = Object.entries(values).map(([name, value]) => {
    if (value === undefined || value === false) return '';
    return value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`;
  });
  return Html.trusted(texts.join(''));
}

/** Text for where HTML expects text, or for a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'string') return escapeHtml(part);
  return typeof part === 'number' ? String(part) : part.map(written).join('');
}
