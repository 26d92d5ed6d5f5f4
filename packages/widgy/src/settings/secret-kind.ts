import { attributes, html } from '../widgets/fields/html.ts';
import type { FieldKind } from '../widgets/fields/kind.ts';

/** The kind that every secret setting has, whatever its schema says. */
export const SECRET_KIND = 'setting-secret';

/** A text that can be typed and is never shown: neither what is kept, nor what was typed into a form that is shown again. */
export const secretKind: FieldKind = {
  shape: 'text',
  write: () => '',
  print: ({ attributes: tied }) =>
    html`<input${tied}${attributes({ type: 'password', autocomplete: 'new-password', value: '' })}>`,
};
