import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Diagnostic,
  formatDiagnostic,
  formatDiagnostics,
  hasErrors,
  MAX_PRINTED_DATA,
} from './diagnostic.ts';

const base: Diagnostic = { code: 'code', severity: 'error', message: 'it is wrong', help: 'Correct it.' };

describe('a diagnostic for a person', () => {
  const cases: readonly [what: string, parts: Partial<Diagnostic>, head: string][] = [
    ['of nothing', {}, 'error it is wrong [code]'],
    [
      'of a document',
      { document: 'd', versions: ['draft', 2] },
      'error document d, draft, commit 2: it is wrong [code]',
    ],
    [
      'of a field',
      { document: 'd', widget: 'w', type: 't', path: '/a' },
      'error document d, widget w (t), at /a: it is wrong [code]',
    ],
    [
      'of a template',
      { template: 'a.liquid', line: 2, column: 3, type: 't' },
      'error a.liquid:2:3, type t: it is wrong [code]',
    ],
    ['that was repaired', { isFixed: true }, 'fixed it is wrong [code]'],
    [
      'that would write to the terminal',
      { message: 'a\u001b[2Jb\u009b1m\r' },
      'error a\ufffd[2Jb\ufffd1m\ufffd [code]',
    ],
    ['with data', { fields: { a: 1 } }, 'error it is wrong [code]\n    rendered with {"a":1}'],
  ];
  for (const [what, parts, head] of cases) {
    it(`says where it is: one ${what}`, () => {
      assert.equal(formatDiagnostic({ ...base, ...parts }), `${head}\n    Correct it.`);
    });
  }

  it('shows a part of much data', () => {
    const [, data = ''] = formatDiagnostic({ ...base, fields: { a: 'x'.repeat(1000) } }).split('\n');
    assert.equal(data.length, '    rendered with …'.length + MAX_PRINTED_DATA);
  });

  it('is left out when it is a note, unless notes are asked for', () => {
    const note: Diagnostic = { ...base, severity: 'note' };
    assert.deepEqual(formatDiagnostics([base, note, note], false), [
      formatDiagnostic(base),
      '2 notes: --verbose shows them',
    ]);
    assert.deepEqual(formatDiagnostics([note], true), [formatDiagnostic(note)]);
    assert.deepEqual(formatDiagnostics([], false), []);
  });

  it('counts as an error until it is repaired', () => {
    assert.equal(
      hasErrors([
        { ...base, severity: 'warning' },
        { ...base, isFixed: true },
      ]),
      false,
    );
    assert.equal(hasErrors([base]), true);
  });
});
