import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CompressorError } from '../errors.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import { groupOfFolder } from './asset-url.ts';
import { block, css, PLACE, SECRET, setUp, shape } from './block-fixture.ts';

describe('what goes wrong in-request', () => {
  it('writes elements as they were when a group cannot be built, and the other groups all the same', async () => {
    const { renderer, failed, messages } = await setUp('in-request');
    const markup = `${css('none')}\n${css('a')}<!-- x -->${css('b')}`;
    assert.equal(
      shape(await renderer.render(block('css', markup))),
      `${css('none', 'a')}\n<!-- x -->\n<link rel="stylesheet" href="/assets/*/b.#.css">`,
    );
    assert.deepEqual(
      failed.map(([group, { code }]) => [group?.sources.length, code]),
      [[2, 'source-missing']],
    );
    assert.match(messages[0] ?? '', /^in the block at home\.liquid:4:1: .*none\.css/);
    assert.equal(await renderer.render(block('css', css('none'), 'preload')), '');
  });

  it('tries again what failed, and is well when it is mended', async () => {
    const { renderer, change } = await setUp('in-request');
    const given = block('css', css('wrong'));
    assert.equal(await renderer.render(given), css('wrong'));
    await change('static/none.png', 'png');
    assert.equal(shape(await renderer.render(given)), '<link rel="stylesheet" href="/assets/*/wrong.#.css">');
  });

  it('writes a block as it was when its markup is wrong, and says where', async () => {
    const { renderer, failed } = await setUp('in-request');
    const wrong: readonly [markup: string, code: string][] = [
      ['<link rel="stylesheet" href="/static/../a.css">', 'path-outside-root'],
      ['<link rel="stylesheet" href="/static/%.css">', 'path-invalid'],
      ['<style>', 'markup-unclosed'],
    ];
    for (const [markup, code] of wrong) {
      assert.equal(await renderer.render(block('css', markup)), markup);
      const [group, error] = failed.at(-1) ?? [];
      assert.equal(group, undefined);
      assert.deepEqual([error?.code, error?.place], [code, PLACE]);
    }
  });

  it('puts a long recipe into a storage that all servers share', async () => {
    const { renderer, store } = await setUp('in-request', { urlLength: 60 }, memoryStorage(1e6), true);
    const html = await renderer.render(block('css', css('a', 'b', 'picture')));
    const folder = /\/assets\/(s[^/]+)\//.exec(html)?.[1] ?? '';
    assert.equal((await groupOfFolder(folder, [SECRET], store))?.sources.length, 3);
  });

  it('leaves a group with a long recipe as it is when servers share nothing', async () => {
    const { renderer, failed } = await setUp('in-request', { urlLength: 60 });
    assert.equal(await renderer.render(block('css', css('a', 'b', 'picture'))), css('a', 'b', 'picture'));
    assert.equal(failed[0]?.[1].code, 'recipe-too-long');
  });

  it('does not remember a failure of the storage, which may pass', async () => {
    const inner = memoryStorage(1e6);
    let isFull = true;
    const storage: Storage = {
      ...inner,
      write: async (name, content) => {
        if (isFull) throw new CompressorError('storage-failed', { message: 'full' });
        return inner.write(name, content);
      },
    };
    const { renderer } = await setUp('in-request', { urlLength: 60 }, storage, true);
    const given = block('css', css('a', 'b', 'picture'));
    assert.equal(await renderer.render(given), css('a', 'b', 'picture'));
    isFull = false;
    assert.match(await renderer.render(given), /\/assets\/s/);
  });

  it('writes inline text although it cannot be kept', async () => {
    const storage: Storage = { ...memoryStorage(1e6), write: () => Promise.reject(new Error('full')) };
    const { renderer, messages } = await setUp('in-request', {}, storage);
    assert.equal(await renderer.render(block('css', css('a'), 'inline')), '<style>a{color:red}</style>');
    assert.match(messages.join(), /full/);
  });
});
