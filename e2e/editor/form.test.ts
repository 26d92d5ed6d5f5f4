import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonValue } from 'widgy/tree';
import { withKeyboard } from '../person.ts';
import { editorSuite } from './editor-suite.ts';
import { focused, openForm, press, select, shownIn } from './form-fixture.ts';
import { looksOf } from './looks.ts';
import { sampler } from './sampler/sampler.ts';
import { until } from './until.ts';

/** A field, how something is entered into it with keys alone, and what comes of that. */
interface Entered {
  readonly name: string;
  /** A control with the focus, and the keys that it gets. */
  readonly keys: readonly (readonly [control: string, keys: readonly string[]])[];
  readonly value: JsonValue;
  /** What the control shows of it: the last one that got keys, where no other is named. */
  readonly shown: string | boolean;
  readonly in?: string;
}

const ENTERED: readonly Entered[] = [
  {
    name: 'line',
    keys: [['#form-line', ['<Control+a>', 'Larch & <b>']]],
    value: 'Larch & <b>',
    shown: 'Larch & <b>',
  },
  {
    name: 'sentences',
    keys: [['#form-sentences', ['One.\nTwo. ']]],
    value: 'One.\nTwo. ',
    shown: 'One.\nTwo. ',
  },
  { name: 'count', keys: [['#form-count', ['<Control+a>', '7']]], value: 7, shown: '7' },
  { name: 'price', keys: [['#form-price', ['12.35']]], value: 12.35, shown: '12.35' },
  { name: 'isShown', keys: [['#form-isShown', ['<Space>']]], value: true, shown: true },
  { name: 'colour', keys: [['#form-colour', ['#1D4F5C']]], value: '#1D4F5C', shown: '#1D4F5C' },
  { name: 'day', keys: [['#form-day', ['06182026']]], value: '2026-06-18', shown: '2026-06-18' },
  { name: 'hour', keys: [['#form-hour', ['0930AM']]], value: '09:30', shown: '09:30' },
  {
    name: 'moment',
    keys: [['#form-moment', ['06182026', '<ArrowRight>', '0930PM']]],
    value: '2026-06-18T21:30Z',
    shown: '2026-06-18T21:30',
  },
  { name: 'size', keys: [['#form-size', ['<ArrowDown>']]], value: 2, shown: '2' },
  { name: 'wood', keys: [['#form-wood', ['<ArrowDown>', '<ArrowDown>']]], value: 'larch', shown: 'larch' },
  {
    name: 'seasons',
    // They are kept in the order in which they are offered.
    keys: [
      ['[data-kind="choices"] label:nth-of-type(3) input', ['<Space>']],
      ['#form-seasons', ['<Space>']],
    ],
    value: ['spring', 'autumn'],
    shown: true,
  },
  {
    name: 'link',
    keys: [['[data-kind="link"] .form-address input', ['/boats?a=1&b=2']]],
    value: '/boats?a=1&b=2',
    shown: '/boats?a=1&b=2',
  },
  {
    name: 'picture',
    keys: [['[data-kind="image"] .form-address input', ['/static/img/favicon.svg']]],
    value: '/static/img/favicon.svg',
    shown: '/static/img/favicon.svg',
  },
  {
    name: 'rich',
    keys: [['#form-rich', ['Tar & ', '<Control+b>', 'oakum']]],
    value: '<p>Tar &amp; <strong>oakum</strong></p>',
    shown: 'Tar & oakum',
  },
  {
    name: 'markdown',
    keys: [['#form-markdown', ['# Tar\n\n- oakum']]],
    value: '# Tar\n\n- oakum',
    shown: '# Tar\n\n- oakum',
  },
  { name: 'source', keys: [['#form-source', ['<p>Tar</p>']]], value: '<p>Tar</p>', shown: '<p>Tar</p>' },
  {
    name: 'cells',
    keys: [['#form-cells', ['<Control+a>', 'a | b\nc | d']]],
    value: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    shown: 'a | b\nc | d',
  },
  {
    name: 'stops',
    keys: [['#form-stops', ['<Enter>', '<Control+a>', 'Mill', '<Tab>', '<Control+a>', '12']]],
    value: [{ name: 'Mill', minutes: 12 }],
    shown: 'Mill',
    in: '[id="form-stops.0.name"]',
  },
];

/** Something that a field cannot have, and what is said about it. */
interface Wrong {
  readonly control: string;
  readonly keys: readonly string[];
  /** What the control is called, and what describes it beside what is wrong. */
  readonly name: string;
  readonly help?: string;
  readonly problem: string;
  readonly mended: readonly string[];
  /** What the jump list calls it, where that is more than its name. */
  readonly listed?: string;
  /** What the draft has meanwhile: what was right last while it was typed. */
  readonly kept: JsonValue;
  /** The field of the widget, and the value that it has in the end. */
  readonly value: readonly [field: string, value: JsonValue];
}

const WRONG: readonly Wrong[] = [
  {
    control: '#form-line',
    keys: ['<Control+a>', '<Delete>'],
    ...{ name: 'Line', help: 'Twenty characters at most.', problem: 'Fill this in.' },
    mended: ['Elm'],
    kept: 'Oak',
    value: ['line', 'Elm'],
  },
  {
    control: '#form-sentences',
    keys: ['x'.repeat(101)],
    ...{ name: 'Sentences', problem: 'Use at most 100 characters.' },
    mended: ['<Control+End>', '<Backspace>'],
    kept: 'x'.repeat(100),
    value: ['sentences', 'x'.repeat(100)],
  },
  {
    control: '#form-count',
    keys: ['<Control+a>', '11'],
    ...{ name: 'Count', help: 'From one to ten.', problem: 'Enter 10 or less.' },
    mended: ['<End>', '<Backspace>', '0'],
    kept: 1,
    value: ['count', 10],
  },
  {
    control: '#form-price',
    keys: ['a lot'],
    ...{ name: 'Price', problem: 'Enter a number, such as 12.5.' },
    mended: ['<Control+a>', '0.15'],
    kept: null,
    value: ['price', 0.15],
  },
  {
    control: '#form-colour',
    keys: ['teal'],
    name: 'Colour',
    problem: 'Enter a colour as “#” and six digits or letters from a to f, such as #1d4f5c.',
    mended: ['<Control+a>', '#008080'],
    kept: '',
    value: ['colour', '#008080'],
  },
  {
    control: '#form-day',
    // The year is missing, which is known once somebody goes on.
    keys: ['0618', '<Tab>', '<Tab>', '<Shift+Tab>', '<Shift+Tab>'],
    ...{ name: 'Day', problem: 'Enter the day, the month and the year.' },
    mended: ['06182026'],
    kept: null,
    value: ['day', '2026-06-18'],
  },
  {
    control: '#form-seasons',
    keys: ['<Space>', '<Tab>', '<Space>', '<Tab>', '<Space>'],
    ...{ name: 'Seasons', help: 'Two at most.', problem: 'Give at most 2.' },
    mended: ['<Space>'],
    kept: ['spring', 'summer'],
    value: ['seasons', ['summer', 'autumn']],
  },
  {
    control: '[data-kind="link"] .form-address input',
    keys: ['telnet:river'],
    ...{ name: 'Link', help: 'Where it leads.' },
    problem: 'Enter a path, or an address that begins with https, http, mailto or tel.',
    mended: ['<Control+a>', 'tel:+4912345'],
    kept: 'telnet',
    value: ['link', 'tel:+4912345'],
  },
  {
    control: '#form-cells',
    keys: ['<Control+a>', '<Delete>'],
    ...{ name: 'Cells', help: 'A line for each row.' },
    problem: 'Give the table a line with the headers of its columns.',
    mended: ['c | d'],
    kept: [['a', 'b']],
    value: ['cells', [['c', 'd']]],
  },
  {
    control: '[id="form-stops.1.minutes"]',
    keys: ['<Control+a>', '1.5'],
    ...{ name: 'Minutes', problem: 'Enter a whole number.' },
    mended: ['<Control+a>', '15'],
    listed: 'Stops 2, Minutes',
    kept: [
      { name: 'Quay', minutes: 5 },
      { name: 'Mill', minutes: 1 },
    ],
    value: [
      'stops',
      [
        { name: 'Quay', minutes: 5 },
        { name: 'Mill', minutes: 15 },
      ],
    ],
  },
];

/** The draft that has all of it at first. */
const STOPS = [{ name: 'Quay' }, { name: 'Mill' }];

describe('the form', () => {
  const editor = editorSuite({ types: [sampler] });

  it('row 20: what is entered by keyboard arrives as it was meant, in fields of every kind, and is there again', async () => {
    const tab = await openForm(editor, { id: 'all', type: 'sampler' });
    const { page, form } = tab;
    assert.deepEqual(
      ENTERED.map(({ name }) => name),
      Object.keys(sampler.fields.shape),
    );
    for (const { name, keys, value } of ENTERED) {
      for (const [control, pressed] of keys) {
        await withKeyboard(page).reach(form.locator(control));
        await press(page, pressed);
      }
      await tab.becomes(name, value);
    }
    assert.equal(await form.locator('.form-error').count(), 0);
    await tab.saved();
    const looks = async () => {
      const all: Record<string, string | boolean> = {};
      for (const { name, keys, in: other } of ENTERED)
        all[name] = await shownIn(form.locator(other ?? keys.at(-1)?.[0] ?? ''));
      return all;
    };
    const wanted = Object.fromEntries(ENTERED.map(({ name, shown }) => [name, shown]));
    assert.deepEqual(await looks(), wanted);
    await page.reload();
    await select(tab);
    await form.locator('#form-cells').waitFor();
    assert.deepEqual(await looks(), wanted);
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: what cannot be kept stays as it was typed, is told at its field and in a list that leads there, and goes out once it is mended', async () => {
    const tab = await openForm(editor, { id: 'all', type: 'sampler', fields: { stops: STOPS } });
    const { page, form } = tab;
    await form.locator('#form-cells').waitFor();
    const shown = new Map<string, string | boolean>();
    const hand = withKeyboard(page);
    for (const { control, keys, name, help, problem } of WRONG) {
      await hand.reach(form.locator(control));
      await press(page, keys);
      await form.locator('.form-error').filter({ hasText: problem }).first().waitFor();
      const told = await focused(page);
      assert.deepEqual(
        {
          isInvalid: told.isInvalid,
          hasHelp: told.description.includes(help ?? ''),
          hasProblem: told.description.includes(problem),
        },
        { isInvalid: true, hasHelp: true, hasProblem: true },
        `${name}: ${told.description}`,
      );
      shown.set(control, await shownIn(form.locator(control)));
    }
    const list = form.getByRole('region', { name: `${WRONG.length} problems in this form` });
    assert.deepEqual(
      await list.getByRole('link').allTextContents(),
      WRONG.map(({ listed, name, problem }) => `${listed ?? name}: ${problem}`),
    );
    assert.deepEqual(await looksOf(page), []);
    // Whoever looks at something else meanwhile finds it as it was.
    await tab.row(/^One column/).click();
    await form.getByRole('heading', { name: 'One column' }).waitFor();
    await select(tab);
    await form.locator('#form-cells').waitFor();
    for (const [control, text] of shown) assert.equal(await shownIn(form.locator(control)), text, control);
    const draft = await tab.fields();
    assert.deepEqual(
      WRONG.map(({ value: [field] }) => draft[field]),
      WRONG.map(({ kept }) => kept),
    );

    for (const [at, { name, mended, value }] of WRONG.entries()) {
      await hand.use(form.locator('.form-problems').getByRole('link').first());
      const told = await focused(page);
      assert.ok(told.isInvalid && told.name.includes(name), `${name}: ${JSON.stringify(told)}`);
      await press(page, mended);
      await tab.becomes(...value);
      const left = WRONG.length - 1 - at;
      await until(
        () => form.locator('.form-problems').getByRole('link').count(),
        (count) => count === left,
      );
    }
    assert.deepEqual(tab.faults, []);
  });
});
