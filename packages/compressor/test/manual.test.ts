import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { advice } from '../src/errors.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const pages = ['README.md', 'CHANGELOG.md', 'packages/compressor/README.md'].concat(
  (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
);

/** The anchor of a heading, as GitHub makes it. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replace(/ /g, '-');
}

const FENCED = /^```[\s\S]*?^```$/gm;

function withoutCode(text: string): string {
  return text.replace(FENCED, '').replace(/`[^`]*`/g, '');
}

async function headingsOf(page: string): Promise<string[]> {
  const text = await readFile(join(root, page), 'utf8');
  return [...text.replace(FENCED, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
}

describe('the manual', () => {
  it('has one entry for each error code, and none for others', async () => {
    const entries = (await headingsOf('docs/errors.md')).filter((heading) =>
      /^[a-z]+(-[a-z]+)+$/.test(heading),
    );
    assert.deepEqual(entries.toSorted(), Object.keys(advice).toSorted());
  });

  for (const page of pages) {
    it(`has no dead link in ${page}`, async () => {
      const text = withoutCode(await readFile(join(root, page), 'utf8'));
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [path = '', fragment] = target.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        assert.ok(existsSync(join(root, file)), target);
        if (fragment === undefined || !file.endsWith('.md')) continue;
        const anchors = (await headingsOf(file)).map(anchor);
        assert.ok(anchors.includes(fragment), target);
      }
    });
  }
});
