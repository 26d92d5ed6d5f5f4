import { escapeAttribute } from '../../render/html.ts';

/** HTML that is safe to write into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | readonly Markup[];

/** Puts HTML together. Texts and numbers are escaped, for elements and for attributes in double quotes alike. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const texts = parts.map((part) => {
    if (part instanceof Markup) return part.text;
    if (typeof part === 'string' || typeof part === 'number') return escapeAttribute(String(part));
    return part.map(({ text }) => text).join('');
  });
  return new Markup(String.raw({ raw: strings }, ...texts));
}

/** Data for a `<script type="application/json">`, which ends at whatever looks like its end tag. */
export function jsonForScript(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
