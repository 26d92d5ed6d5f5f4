import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Mode } from '../config/config.ts';
import { createFolder, startSite } from '../testing/site.ts';

const RULES = Array.from(
  { length: 40 },
  (_, at) => `.card-${at} {\n  /* note */\n  top: ${at + 1}px;\n}\n`,
).join('');
const FILES = {
  'static/card.css': RULES,
  'static/small.css': '.a { color: teal; }',
  'static/broken.css': '@import "./gone.css";',
  'static/card.ts': 'import { name } from "./name.ts";\nconst label: string = name;\nconsole.log(label);',
  'static/name.ts': 'export const name: string = "card";',
};

describe('the weight of sources', () => {
  for (const mode of ['development', 'in-request'] satisfies Mode[]) {
    it(`is that of what is minified and compressed, in the mode ${mode}`, async () => {
      await using folder = await createFolder(FILES);
      await using site = await startSite(folder, { mode });
      const { compressor } = site;
      const style = await compressor.weigh('css', ['card.css']);
      const minified = Array.from({ length: 40 }, (_, at) => `.card-${at}{top:${at + 1}px}`).join('');
      assert.equal(style.raw, minified.length);
      const brotli = brotliCompressSync(minified, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: minified.length },
      });
      assert.equal(style.brotli, brotli.length);
      // Too little to be worth compressing.
      const { length } = '.a{color:teal}';
      assert.deepEqual(await compressor.weigh('css', ['small.css']), { raw: length, brotli: length });
      const script = await compressor.weigh('js', ['card.ts']);
      const least = 'console.log("card")'.length;
      assert.ok(script.raw >= least && script.raw <= least + 2, `${script.raw}`);
      // It is no artifact of a page.
      assert.deepEqual(site.built, []);
    });
  }

  it('is another one when the source changed', { timeout: 20_000 }, async ({ signal }) => {
    await using folder = await createFolder(FILES);
    await using site = await startSite(folder, { mode: 'development' });
    const { raw } = await site.compressor.weigh('css', ['small.css']);
    await folder.replace('static/small.css', '.a { color: teal; top: 1px; }');
    // The watcher tells of it in its own time; the runner ends the test if it never does.
    while (!signal.aborted && (await site.compressor.weigh('css', ['small.css'])).raw === raw)
      await setTimeout(20);
    assert.equal(signal.aborted, false);
  });

  it('is not there for what cannot be built', async () => {
    await using folder = await createFolder(FILES);
    await using site = await startSite(folder);
    await assert.rejects(site.compressor.weigh('css', ['gone.css']), { code: 'source-missing' });
    await assert.rejects(site.compressor.weigh('css', ['broken.css']));
  });
});
