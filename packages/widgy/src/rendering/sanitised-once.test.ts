import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import { rendererFor, widget } from './render-fixture.ts';

it('sanitises a rich text once for each widget that is known, also where no HTML is kept', async () => {
  const asked: string[] = [];
  const { render } = await rendererFor({
    files: { 'note/render.liquid': '[{{ fields.text }}]' },
    fields: { note: z.object({ text: z.string().default('').meta({ kind: 'rich-text' }) }) },
    site: {
      sanitise: {
        richText(text) {
          asked.push(text);
          return `<p>${text.replace(/<.*?>/g, '')}</p>`;
        },
      },
    },
    options: { limits: { cacheBytes: 0 } },
  });
  const note = (text: string) => widget('a', 'note', { fields: { text } });
  // The site has tried the sanitiser with the default of the field.
  asked.length = 0;
  const [first, second] = [note('one'), note('two')];
  const shown = [await render(first), await render(first), await render(second), await render(first)];
  assert.deepEqual(shown, ['[<p>one</p>]', '[<p>one</p>]', '[<p>two</p>]', '[<p>one</p>]']);
  assert.deepEqual(asked, ['one', 'two']);
  assert.equal(await render(note('one')), '[<p>one</p>]');
  assert.equal(asked.length, 3);
});
