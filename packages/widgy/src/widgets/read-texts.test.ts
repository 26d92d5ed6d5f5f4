import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import { defineWidget } from './define-widget.ts';
import { readTexts } from './read-texts.ts';
import { defineSite } from './site.ts';

const words = z.array(z.string()).default([]).meta({ kind: 'words' });
const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      type: 'sample',
      label: 'Sample',
      directory: import.meta.dirname,
      files: [],
      fields: z.object({
        words,
        size: z.number().default(1),
        slides: z.array(z.object({ words })).default([]),
      }),
    }),
  ],
  kinds: {
    words: {
      shape: 'own',
      read: (text) => (text === '?' ? undefined : text.split(' ')),
      write: () => '',
      check: (value) => (Array.isArray(value) && value.length > 2 ? 'Use two words.' : undefined),
    },
  },
});

it('reads what was typed into single controls, and says what cannot be read', () => {
  const type = site.types.get('sample');
  assert.ok(type !== undefined);
  const read = readTexts(site, type, {
    '/words': 'a b',
    '/slides/1/words': 'c',
    '/size': '2.5',
    '/slides/0/size': '1',
    '/slides': 'x',
    '/slides/x/words': 'x',
    '/__proto__': 'x',
  });
  assert.deepEqual(read.values, { '/words': ['a', 'b'], '/slides/1/words': ['c'], '/size': 2.5 });
  assert.deepEqual(
    read.errors.map(({ code, path }) => `${code} ${path}`),
    [
      'unknown-field /slides/0/size',
      'unknown-field /slides',
      'unknown-field /slides/x/words',
      'unknown-field /__proto__',
    ],
  );
  const wrong = readTexts(site, type, { '/words': '?', '/slides/0/words': 'a b c', '/size': 'x' });
  assert.deepEqual(wrong.values, {});
  assert.deepEqual(
    wrong.errors.map(({ code, path }) => `${code} ${path}`),
    ['wrong-kind /words', 'refused /slides/0/words', 'wrong-kind /size'],
  );
});
