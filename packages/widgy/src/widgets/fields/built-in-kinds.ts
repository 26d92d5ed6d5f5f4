import type { JsonValue } from '../../tree/json.ts';
import type { FieldKind, FieldKinds } from './kind.ts';
import { isLinkUrl, looksLikeReference, parseReference, REFERENCE_PREFIX } from './reference.ts';
import { SAFE_SCHEMES } from './safe-url.ts';
import { markupOfTyped, typedOfMarkup } from './typed-text.ts';

/** A text that names something to open or to load. */
const address = {
  shape: 'text',
  takesReferences: true,
  check: (value: JsonValue) => {
    if (typeof value !== 'string' || isLinkUrl(value)) return undefined;
    return looksLikeReference(value)
      ? `Write ${REFERENCE_PREFIX}, a type, "/" and an id, such as ${REFERENCE_PREFIX}page/42, or choose what to link to.`
      : `Enter a path, or an address that begins with ${[...SAFE_SCHEMES].join(', ')}.`;
  },
} as const satisfies FieldKind;

/** Text with markup. Forms take it without markup too; whatever else gives it, gives HTML. */
const richText = {
  shape: 'text',
  sanitise: 'richText',
  help: 'Write as in a letter: an empty line begins a new paragraph. For more, write HTML, such as <h2>, <ul>, <li>, <strong>, <em> and <a href="…">.',
  read: markupOfTyped,
  write: (value: JsonValue) => (typeof value === 'string' ? typedOfMarkup(value) : ''),
} as const satisfies FieldKind;

/** A picture of the site, or the address of one: a path from the root of a site, or one of the web. */
const picture = {
  ...address,
  takes: { isPicture: true },
  check: (value: JsonValue) => {
    const wrong = address.check(value);
    if (wrong !== undefined || typeof value !== 'string' || value === '') return wrong;
    return parseReference(value) !== undefined || PICTURE_ADDRESS.test(value)
      ? undefined
      : 'Choose a picture, or enter an address that begins with "/", "https://" or "http://".';
  },
} as const satisfies FieldKind;

/** What a page of any address can load: of a name alone, such as `boat.jpg`, every page would look below its own. */
const PICTURE_ADDRESS = /^(?:\/|https?:\/\/)/i;

/** The kinds of fields that every site has. */
export const BUILT_IN_KINDS = {
  text: { shape: 'text' },
  'long-text': { shape: 'text' },
  'rich-text': richText,
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
  image: picture,
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
