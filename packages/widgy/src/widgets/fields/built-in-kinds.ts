import type { JsonValue } from '../../tree/json.ts';
import type { FieldKind, FieldKinds } from './kind.ts';
import { isLinkUrl, looksLikeReference, REFERENCE_PREFIX } from './reference.ts';
import { SAFE_SCHEMES } from './safe-url.ts';

/** A text that names something to open or to load. */
const address: FieldKind = {
  shape: 'text',
  takesReferences: true,
  check: (value) => {
    if (typeof value !== 'string' || isLinkUrl(value)) return undefined;
    return looksLikeReference(value)
      ? `Write ${REFERENCE_PREFIX}, a type, "/" and an id, such as ${REFERENCE_PREFIX}page/42, or choose what to link to.`
      : `Enter a path, or an address that begins with ${[...SAFE_SCHEMES].join(', ')}.`;
  },
};

/** The kinds of fields that every site has. */
export const BUILT_IN_KINDS = {
  text: { shape: 'text' },
  'long-text': { shape: 'text' },
  'rich-text': { shape: 'text', sanitise: 'richText' },
  markdown: { shape: 'text', sanitise: 'markdown' },
  date: { shape: 'text' },
  time: { shape: 'text' },
  'date-time': { shape: 'text' },
  colour: {
    shape: 'text',
    check: (value: JsonValue) =>
      typeof value !== 'string' || value === '' || COLOUR.test(value)
        ? undefined
        : 'Enter a colour as "#" and six digits or letters from a to f, such as #1d4f5c.',
  },
  image: address,
  file: address,
  link: address,
  number: { shape: 'number' },
  boolean: { shape: 'flag' },
  choice: { shape: 'choice' },
  choices: { shape: 'choices' },
  list: { shape: 'list' },
} as const satisfies FieldKinds;

/** The form in which browsers' own pickers give a colour. */
export const COLOUR = /^#[0-9a-f]{6}$/i;
