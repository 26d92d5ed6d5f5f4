import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const workspace = join(import.meta.dirname, '../../..');
const read = (path: string) => readFile(join(workspace, path), 'utf8');

/** The packages of the workspace by name, with what they depend on. */
async function packages(): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = new Map<string, readonly string[]>();
  for await (const path of glob('packages/*/package.json', { cwd: workspace })) {
    const { name, dependencies = {} } = JSON.parse(await read(path));
    all.set(name, Object.keys(dependencies));
  }
  return all;
}

// What a package is compiled with has to be compiled before it: a clone has none of that.
describe('the command of the manual that packs', () => {
  for (const page of ['widgy-quick-start.md', 'widgy-first-widget.md']) {
    it(`names each package after those that it needs: ${page}`, async () => {
      const known = await packages();
      const [command = ''] = /`npm pack [^`]*`/.exec(await read(`docs/${page}`)) ?? [];
      const packed = [...command.matchAll(/--workspace ([^\s`]+)/g)].map(([, name = '']) => name);
      assert.ok(packed.length >= 2, command);
      for (const [at, name] of packed.entries()) {
        const needed = known.get(name)?.filter((other) => known.has(other));
        assert.ok(needed, `${name} is a package of the workspace`);
        for (const other of needed) assert.ok(packed.slice(0, at).includes(other), `${other} before ${name}`);
      }
    });
  }
});
