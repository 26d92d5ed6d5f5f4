import { attributes, html } from '../../widgets/fields/html.ts';
import type { FieldKind } from '../../widgets/fields/kind.ts';

/** Writes the control of markup that is edited as it is written. */
export const printSource: NonNullable<FieldKind['print']> = ({ attributes: tied, text }) =>
  html`<textarea${tied}${attributes({ rows: 12, spellcheck: 'false', autocapitalize: 'off', class: 'w-source' })}>\n${text}</textarea>`;

/** Rich text that is edited as HTML: sanitised like all rich text, when it is kept and when it is shown. */
export const sourceKind: FieldKind = { shape: 'text', sanitise: 'richText', print: printSource };
