import type { FieldDescription } from './description.ts';
import { attributes, type Html, html } from './html.ts';
import { type LinkControlChoices, printLinkControl } from './link-control.ts';

/** What the control of one field shows, and the attributes that tie it to its label, its help and its error. */
export interface Control {
  readonly field: FieldDescription;
  /** Of the control, unique on the page. */
  readonly id: string;
  /** What it is sent as. */
  readonly name: string;
  /** The text it shows: what is kept, or what was typed. */
  readonly text: string;
  /** `id`, `name`, `required`, `aria-describedby` and `aria-invalid`. */
  readonly attributes: Html;
  /** What the control of a link offers; undefined for other kinds, and where nothing is offered. */
  readonly choices: LinkControlChoices | undefined;
}

/** Writes the control of a field that holds one text. */
export function printControl(control: Control): Html {
  const { field, text, attributes: tied } = control;
  switch (field.shape) {
    case 'choice': {
      const isKnown = field.options.some(({ value }) => String(value) === text);
      const options = field.options.map(({ value, label }) =>
        option(String(value), label, String(value) === text),
      );
      return html`<select${tied}>${field.isNullable || !isKnown ? unlisted(text, isKnown, field.emptyLabel) : undefined}${options}</select>`;
    }
    case 'text': {
      if (MULTI_LINE.has(field.kind) || /[\r\n]/.test(text)) {
        const rows = field.kind === 'text' ? 2 : 8;
        // The first line end in a textarea is not part of its text.
        return html`<textarea${tied}${attributes({ rows, maxlength: field.maxLength })}>\n${text}</textarea>`;
      }
      if (field.takesReferences === true) return printLinkControl(control, field.maxLength);
      const { type, ...more } = inputFor(field.kind, text);
      return html`<input${tied}${attributes({ type, ...more, maxlength: field.maxLength, value: text })}>`;
    }
    case 'number': {
      // An input of type number loses what is no number, and changes what is scrolled over.
      const inputmode = field.isInteger && (field.minimum ?? -1) >= 0 ? 'numeric' : 'decimal';
      return html`<input${tied}${attributes({ type: 'text', inputmode, value: text })}>`;
    }
    default:
      return html`<input${tied}${attributes({ type: 'text', value: text })}>`;
  }
}

const MULTI_LINE: ReadonlySet<string> = new Set(['long-text', 'rich-text', 'markdown']);

function option(value: string, label: string, selected: boolean): Html {
  return html`<option${attributes({ value, selected })}>${label}</option>`;
}

/** The choice of nothing, or a text that is no longer offered and must not be lost because somebody opened the form. */
function unlisted(text: string, isKnown: boolean, emptyLabel = ''): Html {
  if (isKnown) return option('', emptyLabel, false);
  return option(text, text === '' ? emptyLabel : `${text} (no longer offered)`, true);
}

/** The attributes of an input. Browsers' own pickers show only what is well formed; any other text is shown as text. */
function inputFor(kind: string, text: string): Record<string, string | undefined> & { type: string } {
  const picker = PICKERS.get(kind);
  if (picker?.form.test(text)) return { type: picker.type, step: picker.step };
  return { type: 'text' };
}

/** What browsers have pickers for. That for colours is not among them: nothing can be pasted into it, and it cannot be empty. */
const PICKERS: ReadonlyMap<string, { type: string; form: RegExp; step?: string }> = new Map([
  ['date', { type: 'date', form: /^$|^\d{4}-\d\d-\d\d$/ }],
  ['time', { type: 'time', form: /^$|^\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/, step: 'any' }],
  [
    'date-time',
    { type: 'datetime-local', form: /^$|^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/, step: 'any' },
  ],
]);
