import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import { CompressorError } from '../../errors.ts';
import { createBuildSite } from '../../testing/build-site.ts';

const TOOLS = ['sass-embedded', 'less', 'stylus'];

// As on a machine where none of them is installed.
registerHooks({
  resolve(specifier, context, next) {
    if (TOOLS.includes(specifier)) throw new Error(`Cannot find package '${specifier}'`);
    return next(specifier, context);
  },
});

test('a language whose tool is not installed says what to install', async () => {
  await using site = await createBuildSite({ 'a.scss': '', 'a.less': '', 'a.styl': '' });
  for (const [index, file] of ['a.scss', 'a.less', 'a.styl'].entries()) {
    await assert.rejects(site.build('style', file), (error) => {
      assert.ok(error instanceof CompressorError);
      assert.equal(error.code, 'tool-missing');
      assert.equal(error.help, `Run npm install ${TOOLS[index]}.`);
      return true;
    });
  }
});
