import type { CodeKind, Kind } from './recipe.ts';

/** Attributes for the tags of a block beside those of its elements; an empty value is a bare name. */
export type TagAttributes = Readonly<Record<string, string>>;

/** What an attribute may be given: one of some words, or any text. */
interface Allowed {
  readonly kinds: readonly CodeKind[];
  readonly values: readonly string[] | 'any';
}

const BOTH: readonly CodeKind[] = ['css', 'js'];

/**
 * What may be asked of tags: when and how the browser fetches and applies the file. Nothing that says what the file is, and
 * nothing that may stand only once on a page, since a block can have several tags.
 */
const ALLOWED: ReadonlyMap<string, Allowed> = new Map(
  Object.entries({
    async: { kinds: ['js'], values: [''] },
    blocking: { kinds: BOTH, values: ['render'] },
    crossorigin: { kinds: BOTH, values: ['', 'anonymous', 'use-credentials'] },
    defer: { kinds: ['js'], values: [''] },
    fetchpriority: { kinds: BOTH, values: ['high', 'low', 'auto'] },
    media: { kinds: ['css'], values: 'any' },
    referrerpolicy: {
      kinds: BOTH,
      values: [
        ...['no-referrer', 'no-referrer-when-downgrade', 'origin', 'origin-when-cross-origin'],
        ...['same-origin', 'strict-origin', 'strict-origin-when-cross-origin', 'unsafe-url'],
      ],
    },
  } satisfies Record<string, Allowed>),
);

/** Why some names are not taken, where there is more to say than that they are unknown. */
const REFUSED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    href: 'the compressor writes it',
    id: 'a block may have several tags; write it on an element',
    integrity: 'the compressor writes it where the content is known',
    nonce: 'it changes with every request; give it to render',
    rel: 'the compressor writes it',
    src: 'the compressor writes it',
    type: 'the elements of the block say what they are',
  }),
);

/** Whether a word of a tag is the name of an attribute, and so no name for a block. */
export function isAttributeName(word: string): boolean {
  return ALLOWED.has(word) || word.startsWith('data-');
}

/** What is wrong with an attribute for the tags of a block; undefined if nothing is. */
export function attributeProblem(kind: Kind, name: string, value: string): string | undefined {
  if (DATA.test(name)) return undefined;
  const allowed = ALLOWED.get(name);
  if (allowed === undefined) {
    const reason = name.startsWith('on') ? 'scripts belong into the block' : REFUSED.get(name);
    const known = `known are ${knownNames(kind)}`;
    return `"${name}" is no attribute for the tags of a block: ${reason ?? known}`;
  }
  if (!isFor(allowed, kind)) return `"${name}" means nothing for ${kind}`;
  if (allowed.values === 'any') return value === '' ? `"${name}" needs a value` : undefined;
  if (allowed.values.includes(value)) return undefined;
  const values = allowed.values.filter((one) => one !== '').map((one) => `"${one}"`);
  const bare = allowed.values.includes('') ? ['no value'] : [];
  return `"${name}" cannot be "${value}": it takes ${[...bare, ...values].join(', ')}`;
}

/** What is for styles and scripts alike is for any file. */
function isFor({ kinds }: Allowed, kind: Kind): boolean {
  return kind === 'css' || kind === 'js' ? kinds.includes(kind) : kinds === BOTH;
}

function knownNames(kind: Kind): string {
  const names = [...ALLOWED].filter(([, allowed]) => isFor(allowed, kind)).map(([name]) => name);
  return [...names, 'data-…'].join(', ');
}

const DATA = /^data-[a-z0-9][a-z0-9._-]*$/;
