import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MAX_CALLOUT_NAME, MAX_CALLOUTS_LISTED, REMEMBERED_CALLOUT_BYTES } from '../callouts/limits.ts';
import { CALLOUT_REFUSAL_CODES } from '../callouts/refusal.ts';
import { readPage, runExample } from '../testing/run-example.ts';
import { librarySite, tidy } from './library-fixture.ts';
import { MAX_ANCHOR_LENGTH } from './section/section.ts';
import { MAX_CELL_LENGTH, MAX_TABLE_COLUMNS, MAX_TABLE_ROWS } from './table/cells.ts';
import { MAX_TABS } from './tabs/tabs.ts';

const PAGE = 'docs/widgy-library.md';

/** The sources of the library with a name like that, as one text. */
function sources(pattern: string): string {
  return globSync(pattern, { cwd: import.meta.dirname })
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n');
}

describe('the page of the manual about the library', () => {
  it('has an example that prints what it says', async () => {
    const { text, printed } = await runExample(PAGE);
    const [, expected] = /^It prints `(.*)`, with line ends between\.$/m.exec(text) ?? [];
    assert.equal(tidy(printed), expected);
  });

  it('tells every widget with its fields, and shows markup that the widget prints', async () => {
    const text = await readPage(PAGE);
    const sections = text.split(/^### /m).slice(1);
    for (const [type, { definition, fields }] of librarySite.types) {
      const section = sections.find((part) => part.includes(`\n\n\`${type}\`: `)) ?? assert.fail(type);
      assert.equal(section.slice(0, section.indexOf('\n')), definition.label);
      const [, rows = ''] = section.split('| Field | |\n| --- | --- |\n');
      const [table = ''] = rows.split('\n\n');
      const told = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell = '']) =>
        [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
      );
      assert.deepEqual(
        told,
        fields.map(({ name }) => name),
        type,
      );
      const [, markup = ''] = /```html\n([\s\S]*?)```/.exec(section) ?? [];
      const templates = sources(`${type}/*.liquid`);
      for (const [, classes = ''] of markup.matchAll(/class="([^"]*)"/g)) {
        for (const name of classes.split(' ')) {
          const isMade = templates.includes(name.replace(/-[a-z]+$/, '-{{'));
          assert.ok(templates.includes(name) || isMade, `${type} prints no class ${name}`);
        }
      }
    }
  });

  it('tells every property that a theme may set, and what holds without', async () => {
    const text = await readPage(PAGE);
    const css = sources('**/*.css');
    const [, rows = ''] = text.split('| Property | What it is | Without it |\n| --- | --- | --- |\n');
    const [table = ''] = rows.split('\n\n');
    const told = [...table.matchAll(/^\| `(--w-[a-z-]+)` \|/gm)].map(([, name]) => name);
    const used = [...css.matchAll(/var\((--w-[a-z-]+)/g)].map(([, name = '']) => name);
    const own = [...css.matchAll(/(--w-[a-z-]+):/g)].map(([, name]) => name);
    assert.deepEqual(told.sort(), [...new Set(used)].filter((name) => !own.includes(name)).sort());
    for (const [, name = '', initial = ''] of table.matchAll(/^\| `(--w-[a-z-]+)` \|[^|]*\| `([^`]*)`/gm)) {
      const initials = [...css.matchAll(new RegExp(`var\\(${name}, ([^()]*?)\\)`, 'g'))];
      assert.deepEqual([...new Set(initials.map(([, value]) => value))], [initial], name);
    }
  });

  it('tells the limits', async () => {
    const text = await readPage(PAGE);
    const numbers = (head: string) => {
      const [, rows = ''] = text.split(`${head}\n| --- | --- |\n`);
      const [table = ''] = rows.split('\n\n');
      return [...table.matchAll(/\| ([\d,]+)( MiB)? \|$/gm)].map(
        ([, number = '', unit]) => Number(number.replaceAll(',', '')) * (unit === undefined ? 1 : 2 ** 20),
      );
    };
    assert.deepEqual(numbers('| Limit of the library | |'), [
      MAX_ANCHOR_LENGTH,
      MAX_TABS,
      MAX_TABLE_COLUMNS,
      MAX_TABLE_ROWS,
      MAX_CELL_LENGTH,
    ]);
    assert.deepEqual(numbers('| Limit of call-outs | |'), [
      MAX_CALLOUT_NAME,
      MAX_CALLOUTS_LISTED,
      REMEMBERED_CALLOUT_BYTES,
    ]);
  });

  it('tells every reason why nothing was done to a call-out', async () => {
    const [, rows = ''] = (await readPage(PAGE)).split('| Refusal | |\n');
    const [table = ''] = rows.split('\n\n');
    const codes = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
    assert.deepEqual(codes.sort(), [...CALLOUT_REFUSAL_CODES].sort());
  });
});
