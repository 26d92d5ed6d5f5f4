import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_DOCUMENT_FILE_BYTES } from '../documents/files/document-file.ts';
import { readPage, withSources } from '../testing/run-example.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import { MAX_PRINTED_DATA } from './diagnostic.ts';
import { LARGE_NUMBER, LONG_LIST, LONG_TEXT } from './field-samples.ts';
import { helpText } from './options.ts';
import { runIn } from './run-fixture.ts';

const page = await readPage('docs/widgy-command.md');

describe('the manual of the command', () => {
  it('has a configuration that the command takes', async () => {
    const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
    const [, expected] = /then prints:\n\n```\n([\s\S]*?)```/.exec(page) ?? [];
    const folder = await siteFolder({ 'widgy.config.ts': withSources(code) });
    await linkPackage(folder, 'zod');
    assert.deepEqual(await runIn(folder, ['check', '--site']), { status: 0, stdout: expected, stderr: '' });
  });

  it('has all options', () => {
    const options = (text: string) => [...new Set(text.match(/--[a-z]+/g))].sort();
    assert.deepEqual(options(page), options(helpText()));
  });

  it('has the limits', () => {
    const [, table = ''] = page.split('| Limit of the command | |\n');
    const [rows = ''] = table.split('\n\n');
    const numbers = [...rows.matchAll(/\| ([\d,]+)( MiB)? \|$/gm)].map(
      ([, number = '', unit]) => Number(number.replaceAll(',', '')) * (unit === undefined ? 1 : 2 ** 20),
    );
    assert.deepEqual(numbers, [
      MAX_DOCUMENT_FILE_BYTES,
      LONG_TEXT,
      LONG_LIST,
      LARGE_NUMBER,
      MAX_PRINTED_DATA,
    ]);
  });
});
