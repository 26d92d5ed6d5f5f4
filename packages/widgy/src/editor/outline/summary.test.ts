import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../tree/json.ts';
import { createWidget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { MAX_SUMMARY_LENGTH, summaryOf } from './summary.ts';

const field = (name: string, kind: string): FieldDescription => ({
  ...{ name, kind, label: name, isRequired: false, isNullable: false, default: '', shape: 'text' },
});

function typeOf(fields: readonly FieldDescription[], summary?: string): TypeDescription {
  return {
    ...{ type: 'text', label: 'Text', fields, jsonSchema: {}, rules: { type: 'text', label: 'Text' } },
    ...{ hasFunctions: false, permissions: { add: true, change: true, delete: true } },
    ...(summary === undefined ? {} : { summary }),
  };
}

const TYPE = typeOf([
  field('link', 'link'),
  field('title', 'text'),
  field('body', 'rich-text'),
  field('notes', 'markdown'),
]);

describe('summaryOf', () => {
  const cases: readonly [name: string, fields: JsonObject, summary: string][] = [
    ['nothing', {}, ''],
    ['the first text', { title: 'One', body: '<p>Two</p>' }, 'One'],
    ['the next one where it is empty', { title: '  ', body: '<p>Two</p>' }, 'Two'],
    ['no address', { link: '/about', notes: 'Three' }, 'Three'],
    ['no reference', { title: 'widgy:page/42' }, ''],
    ['nothing but text', { title: 7, body: ['x'] }, ''],
    ['markup', { body: '<h2>A <em>gr</em>eat</h2><p>day &amp; night</p>' }, 'A great day & night'],
    ['markup that is cut off', { body: 'word <a href="' }, 'word'],
    ['what looks like markup in plain text', { title: 'a < b > c' }, 'a < b > c'],
    ['marks', { notes: '## A **great** [day](/day)' }, 'A great day'],
    ['spaces and lines', { title: ' a\n\n b ' }, 'a b'],
    ['only as much as fits', { title: 'x'.repeat(80) }, `${'x'.repeat(MAX_SUMMARY_LENGTH - 1)}…`],
  ];
  for (const [name, fields, summary] of cases) {
    it(name, () => assert.equal(summaryOf(createWidget({ id: 'a', type: 'text', fields }), TYPE), summary));
  }

  it('is of the field that the type names', () => {
    const type = typeOf([field('title', 'text'), field('url', 'link')], 'url');
    assert.equal(
      summaryOf(createWidget({ id: 'a', type: 'text', fields: { title: 'One', url: '/x' } }), type),
      '/x',
    );
  });

  it('is nothing for a type that the site does not have', () => {
    assert.equal(summaryOf(createWidget({ id: 'a', type: 'old', fields: { title: 'One' } }), undefined), '');
  });
});
