import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { MAX_NAME_LENGTH, nameFault } from './project-name.ts';

describe('a name', () => {
  for (const name of ['my-site', 'a', '2026', 'harbour.example', 'my_site', 'x'.repeat(MAX_NAME_LENGTH)]) {
    it(`can be ${name.slice(0, 20)}`, () => assert.equal(nameFault(name), undefined));
  }

  const refused: readonly [name: string, why: RegExp][] = [
    ['', /small letter or a digit, and then has small letters, digits, "\.", "_" and "-"\.$/],
    ['x'.repeat(MAX_NAME_LENGTH + 1), /has more than 214 characters/],
    ['My Site', /Try my-site\.$/],
    ['Café', /Try cafe\.$/],
    ['_draft', /Try draft\.$/],
    ['.hidden', /Try hidden\.$/],
    ['-rf', /Try rf\.$/],
    ['@scope', /Try scope\.$/],
    ['a b/c', /Try a-b-c\.$/],
    ['a$(b)', /Try a-b\.$/],
    ['Fastify', /"-"\.$/],
    ['日本', /"-"\.$/],
    ['widgy', /a package that the site needs is called so/],
    ['zod', /a package that the site needs is called so/],
    ['fs', /Node or npm means something else by it/],
    ['node_modules', /Node or npm means something else by it/],
  ];
  for (const [name, why] of refused) {
    it(`cannot be ${JSON.stringify(name).slice(0, 20)}`, () => assert.match(nameFault(name) ?? '', why));
  }

  it('is that of nothing that a site depends on', async () => {
    const manifest = new URL('../template/_package.json', import.meta.url);
    const { dependencies, devDependencies } = JSON.parse(await readFile(manifest, 'utf8'));
    for (const name of Object.keys({ ...dependencies, ...devDependencies }))
      assert.notEqual(nameFault(name), undefined, name);
  });
});
