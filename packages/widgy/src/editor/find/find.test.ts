import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import { createWidget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { describedTypes, sessionOf } from '../commands/commands-fixture.ts';
import { COMMANDS } from '../commands/registry.ts';
import { normal } from '../picker/match.ts';
import { en } from '../words/en/index.ts';
import { problemsOf } from './problems.ts';
import { rank } from './rank.ts';
import { commandEntries, MAX_RESULTS, resultsOf } from './results.ts';
import { widgetEntries } from './widget-entries.ts';
import { EXCERPT_LENGTH, excerpt, textsOf } from './widget-text.ts';

const described = { isRequired: false, isNullable: false, default: '' };
const textField = (name: string, kind = 'text', more: { maxLength?: number } = {}): FieldDescription => ({
  ...{ ...described, name, kind, label: `The ${name}`, shape: 'text', ...more },
});
const list: FieldDescription = {
  ...{ ...described, name: 'items', kind: 'list', label: 'Items', shape: 'list', newItem: {}, default: [] },
  fields: [textField('title'), textField('link', 'link')],
};
const fields = [textField('text', 'rich-text'), textField('note', 'text', { maxLength: 10 }), list];
const types = describedTypes(TYPES, { text: { fields } });

describe('ranking', () => {
  const items = ['Heading', 'Subheading', 'Page heading', 'Text', 'Zwei Spalten'].map((label) => ({
    ...{
      label,
      name: normal(label),
      texts: label === 'Text' ? ['all about headings', 'über'].map(normal) : [],
    },
  }));
  const found = (typed: string, limit = 10) => rank(items, typed, limit).found.map(({ item }) => item.label);

  it('puts names before texts, and beginnings before what stands within', () => {
    const cases: readonly [typed: string, labels: readonly string[]][] = [
      ['', []],
      ['  ', []],
      ['head', ['Heading', 'Page heading', 'Subheading', 'Text']],
      ['PAGE head', ['Page heading']],
      ['spalt', ['Zwei Spalten']],
      ['uber', ['Text']],
      ['text about', ['Text']],
      ['about page', []],
      ['xyz', []],
    ];
    for (const [typed, labels] of cases) assert.deepEqual(found(typed), labels, typed);
  });

  it('gives the best ones, says how many more there are, and in which text a word is', () => {
    const { found: best, more } = rank(items, 'head', 2);
    assert.deepEqual(
      best.map(({ item, text }) => [item.label, text]),
      [
        ['Heading', undefined],
        ['Page heading', undefined],
      ],
    );
    assert.equal(more, 2);
    assert.equal(rank(items, 'uber', 2).found[0]?.text, 1);
    assert.equal(rank(items, 'text', 2).found[0]?.text, undefined);
  });
});

describe('the texts of a widget', () => {
  const type = types.find((each) => each.type === 'text') ?? assert.fail();

  it('are those that people read, without markup', () => {
    const widget = createWidget({
      ...{ id: 'a', type: 'text' },
      fields: {
        text: '<h2>Größe &amp; mehr</h2><p>a<br>b</p>',
        note: '',
        items: [{ title: 'One', link: 'https://example.org' }, { title: 2 }, 'odd'],
        unknown: 'x',
      },
    });
    assert.deepEqual(textsOf(widget, type), [
      { field: 'The text', text: 'Größe & mehr a b', normal: 'große & mehr a b' },
      { field: 'The title', text: 'One', normal: 'one' },
    ]);
    assert.equal(textsOf(widget, type), textsOf({ ...widget }, type));
  });

  it('are shown around what was found', () => {
    const text = `${'before '.repeat(30)}needle ${'after '.repeat(30)}`.trim();
    const part = excerpt({ field: 'f', text, normal: normal(text) }, ['needle']);
    assert.match(part, /^…before .*needle .*…$/);
    assert.ok(part.length <= EXCERPT_LENGTH + 2);
    assert.equal(excerpt({ field: 'f', text: 'short', normal: 'short' }, ['x']), 'short');
    const atStart = excerpt({ field: 'f', text: `needle ${text}`, normal: normal(`needle ${text}`) }, [
      'needle',
    ]);
    assert.match(atStart, /^needle before/);
  });
});

describe('what is wrong in a page', () => {
  it('is told conflicts first, then fields and unknown types as they stand', () => {
    const session = sessionOf('page/page(a/text{"text":"x","note":"far too long"} b/gone c/text{"note":7})', {
      data: { types },
    });
    assert.deepEqual(problemsOf(session), [
      { kind: 'field', widget: 'a', what: 'The note: Use at most 10 characters.' },
      { kind: 'type', widget: 'b', what: en.outline.unknownType },
      { kind: 'field', widget: 'c', what: 'The note: This is not the kind of value that is expected.' },
    ]);
    const theirs = null;
    const clash = { widget: 'c', name: 'note', before: '', mine: 'a', theirs: 'b' };
    const conflict = { key: 'k', changes: [], reason: { kind: 'fields', fields: [clash], theirs } } as const;
    const gone = { key: 'l', changes: [], reason: { kind: 'invalid', widget: 'x', errors: [] } } as const;
    const conflicts = { ...session.conflicts, value: [conflict, gone] };
    assert.deepEqual(problemsOf({ ...session, conflicts })[0], {
      ...{ kind: 'conflict', widget: 'c', what: 'Conflict about Text' },
    });
    assert.deepEqual(problemsOf(sessionOf('page/page(a/image)', { data: { types } })), []);
  });
});

const FERRIES = {
  ...{ id: '7', reference: 'widgy:page/7', label: 'Ferries', url: '/ferries' },
  ...{ picture: undefined, document: 'd' },
};

describe('what is found', () => {
  const outline = 'page/page(a/text{"text":"<p>Ferry times</p>"} b/text{"note":"ferry"} c/image)';
  const resultsFor = (typed: string, pages: Parameters<typeof resultsOf>[0]['pages'] = []) => {
    const session = sessionOf(outline, { data: { types } });
    const commands = commandEntries(COMMANDS, en);
    const [widgets, problems] = [widgetEntries(session.tree.value, session), problemsOf(session)];
    return resultsOf({ typed, commands, widgets, problems, pages, words: en });
  };

  it('is what can be done while nothing is typed', () => {
    const [first, ...others] = resultsFor('');
    assert.equal(first?.name, 'commands');
    assert.equal(first?.results.length, COMMANDS.length);
    assert.deepEqual(others, []);
  });

  it('is commands, widgets with where their words are, and pages', () => {
    const groups = resultsFor('ferry', [FERRIES]);
    assert.deepEqual(
      groups.map(({ name, results }) => [name, results.map(({ label, detail }) => `${label} | ${detail}`)]),
      [
        ['widgets', ['Text: Ferry times | ', 'Text: ferry | ']],
        ['pages', ['Open Ferries | /ferries']],
      ],
    );
    assert.deepEqual(groups[1]?.results[0]?.goal, { kind: 'page', id: '7', document: 'd' });
    assert.deepEqual(
      resultsFor('duplic').map(({ name }) => name),
      ['commands'],
    );
    assert.deepEqual(resultsFor('nothing like it'), []);
  });

  it('shows the words of a text that the name does not have', () => {
    const session = sessionOf('page/page(a/text{"text":"<p>Ferry</p>","note":"at noon"})', {
      data: { types },
    });
    const widgets = widgetEntries(session.tree.value, session);
    const question = { typed: 'noon', commands: [], widgets, problems: [], pages: [], words: en };
    const [group] = resultsOf(question);
    assert.equal(group?.results[0]?.label, 'at noon');
    assert.equal(group?.results[0]?.detail, 'in The note of Text: Ferry');
  });

  it('says how many more there are', () => {
    const session = sessionOf(`page/page(${Array.from({ length: 30 }, (_, at) => `t${at}/text`).join(' ')})`);
    const widgets = widgetEntries(session.tree.value, session);
    const question = { typed: 'text', commands: [], widgets, problems: [], pages: [], words: en };
    const [group] = resultsOf(question);
    assert.equal(group?.results.length, MAX_RESULTS.widgets);
    assert.equal(group?.more, 30 - MAX_RESULTS.widgets);
  });

  it('leads to what is wrong first', () => {
    const session = sessionOf('page/page(a/text{"note":7} b/gone)', { data: { types } });
    const question = { commands: [], widgets: [], problems: problemsOf(session), pages: [], words: en };
    const labels = (typed: string) =>
      resultsOf({ ...question, typed }).flatMap(({ results }) => results.map(({ label }) => label));
    assert.equal(labels('')[0], 'Go to the first problem');
    assert.equal(labels('').length, 3);
    assert.deepEqual(labels('first prob'), ['Go to the first problem']);
    assert.deepEqual(labels('unknown type'), [en.outline.unknownType]);
  });
});
