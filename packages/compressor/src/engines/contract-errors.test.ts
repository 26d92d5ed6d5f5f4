import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatPlace, type Place } from '../errors.ts';
import { ENGINES, engineWith, type Sources } from './contract.ts';
import { fake } from './fake-handlers.ts';

const cases: readonly [name: string, sources: Sources, place: string, summary: string][] = [
  [
    'an unknown kind',
    { 'home.html': '\n {% compress less %}{% endcompress %}' },
    'home.html:2:2',
    '"less" is no kind of block',
  ],
  [
    'no kind',
    { 'home.html': '{% compress %}{% endcompress %}' },
    'home.html:1:1',
    'a block needs a kind, css or js',
  ],
  [
    'an unknown mode',
    { 'home.html': '{% compress js later %}{% endcompress %}' },
    'home.html:1:1',
    '"later" is no mode of a block',
  ],
  [
    'a mode that a kind of the site lacks',
    { 'home.html': '{% compress sprite preload %}{% endcompress %}' },
    'home.html:1:1',
    'blocks of the kind sprite have no mode "preload"',
  ],
  [
    'a wrong attribute',
    { 'home.html': '\n{% compress js file site onload="x()" %}{% endcompress %}' },
    'home.html:2:1',
    '"onload" is no attribute for the tags of a block: scripts belong into the block',
  ],
  [
    'a wrong name',
    { 'home.html': '{% compress js file ../x %}{% endcompress %}' },
    'home.html:1:1',
    '"../x" is not a name for a block',
  ],
  [
    'too many words',
    { 'home.html': '{% compress js file x y %}{% endcompress %}' },
    'home.html:1:1',
    '"y" follows the name of the block',
  ],
  [
    'a block never closed',
    { 'home.html': 'a\n{% compress js %}b' },
    'home.html:2:1',
    'the block is never closed',
  ],
  [
    'an error in a partial',
    { 'home.html': '{% include "part.html" %}', 'part.html': '\n\n{% compress x %}{% endcompress %}' },
    'part.html:3:1',
    '"x" is no kind of block',
  ],
  [
    'a block in a block',
    { 'home.html': '{% compress js %}\n{% compress js %}{% endcompress %}{% endcompress %}' },
    'home.html:2:1',
    'a block stands inside the block at home.html:1:1',
  ],
  [
    'a block in a block through a partial',
    {
      'home.html': '{% compress js %}{% include "part.html" %}{% endcompress %}',
      'part.html': '{% compress js %}{% endcompress %}',
    },
    'part.html:1:1',
    'a block stands inside the block at home.html:1:1',
  ],
  [
    'static without a name',
    { 'home.html': '{% static %}' },
    'home.html:1:1',
    'static needs the name of a file',
  ],
];

for (const engine of ENGINES) {
  describe(`tags in ${engine}`, () => {
    for (const [name, sources, place, summary] of cases) {
      it(`refuse ${name}`, async () => {
        const ours = await engineWith(engine, sources, fake());
        await assert.rejects(
          ours.render('home', {}),
          (error: Error & { code?: string; summary?: string; place?: Place }) => {
            assert.deepEqual(
              [error.name, error.code, error.summary, error.place && formatPlace(error.place)],
              ['CompressorError', 'tag-syntax', summary, place],
            );
            return true;
          },
        );
      });
    }
  });
}
