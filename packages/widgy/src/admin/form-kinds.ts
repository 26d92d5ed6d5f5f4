import { BUILT_IN_KINDS } from '../widgets/fields/built-in-kinds.ts';
import { attributes, html } from '../widgets/fields/html.ts';
import type { FieldKind, FieldKinds } from '../widgets/fields/kind.ts';

/**
 * The kinds of fields that forms of the administration have. Browsers and password managers fill in what is somebody's own, and not what
 * is somebody else's.
 */
export const ADMIN_KINDS: FieldKinds = {
  ...BUILT_IN_KINDS,
  email: input({ type: 'email', autocomplete: 'off' }),
  'own-email': input({ type: 'email', autocomplete: 'username' }),
  'own-name': input({ type: 'text', autocomplete: 'name' }),
  'current-password': password('current-password'),
  'new-password': password('new-password'),
};

function input(values: Readonly<Record<string, string>>): FieldKind {
  return {
    shape: 'text',
    print: ({ attributes: tied, text, field }) => {
      const maxlength = field.shape === 'text' ? field.maxLength : undefined;
      return html`<input${tied}${attributes({ ...values, maxlength, value: text })}>`;
    },
  };
}

/** A password is never shown again, neither what is kept nor what was typed. */
function password(autocomplete: string): FieldKind {
  return {
    shape: 'text',
    write: () => '',
    print: ({ attributes: tied }) =>
      html`<input${tied}${attributes({ type: 'password', autocomplete, value: '' })}>`,
  };
}
