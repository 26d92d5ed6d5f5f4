import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { fieldSchemas } from '../field-schemas.ts';
import { BUILT_IN_KINDS } from './built-in-kinds.ts';
import { describeFields } from './describe.ts';
import { cleanRichText } from './sanitise-rich-text.ts';
import { MAX_TAKEN_OUT, takenOut } from './taken-out.ts';

const body = z.string().default('').meta({ kind: 'rich-text' });
const schema = z.object({
  body,
  title: z.string().default(''),
  items: z.array(z.object({ body })).default([]),
});
const fields = describeFields(fieldSchemas('x', schema).formSchema, { type: 'x', kinds: BUILT_IN_KINDS });
const namesOf = (sent: string, kept = cleanRichText(sent)) =>
  takenOut({ body: sent }, { body: kept }, fields, BUILT_IN_KINDS).flatMap(({ names }) => names);

describe('what was taken out of rich text', () => {
  const texts: readonly [sent: string, names: readonly string[]][] = [
    ['a<script>b</script>', ['<script>']],
    ['<p onclick="x" lang="de">a</p><p style="b" onclick="y">c</p>', ['onclick', 'style']],
    ['<a href="/a">a</a> <a href="javascript:x">a</a>', ['href']],
    ['<p>a</p><iframe src="/x"></iframe>', ['<iframe>', 'src']],
    ['<div><b>a</b></div>', ['<div>']],
    ['<P>a<br>b', []],
    ['<p>a', []],
    ['a < b & c', []],
    ['<p>a</p>', []],
  ];
  for (const [sent, names] of texts) {
    it(`of ${sent} is ${names.join(', ') || 'nothing'}`, () => assert.deepEqual(namesOf(sent), names));
  }

  it('is told in items of lists, with the name of the field', () => {
    const sent = {
      body: '',
      title: '<script>',
      items: [{ body: 'a' }, { body: '<i><script></script></i>' }],
    };
    const kept = { body: '', title: '<script>', items: [{ body: 'a' }, { body: '<i></i>' }] };
    assert.deepEqual(takenOut(sent, kept, fields, BUILT_IN_KINDS), [{ label: 'Body', names: ['<script>'] }]);
  });

  it('is told as far as people read', () => {
    const sent = Array.from({ length: 40 }, (_, at) => `<x-${at}>a</x-${at}>`).join('');
    assert.equal(namesOf(sent).length, MAX_TAKEN_OUT);
  });
});
