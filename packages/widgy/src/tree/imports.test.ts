import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { it } from 'node:test';

it('the core imports nothing but itself, so that it runs in a browser', () => {
  const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
    (file) => !/(?:\.test|-fixture)\.ts$/.test(file),
  );
  assert.ok(files.includes('index.ts'));
  for (const file of files) {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8');
    for (const [, name = ''] of text.matchAll(/\bfrom '([^']+)'/g))
      assert.match(name, /^\.{1,2}\/.+\.ts$/, file);
    assert.doesNotMatch(text, /\b(?:process|Buffer|require|Date\.now|Math\.random|import\()/, file);
  }
});
