import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { adminForm } from './form.ts';

const boat = adminForm(
  'boat',
  z.object({
    name: z.string().max(10).default('').meta({ label: 'Name' }),
    owner: z.string().default('').meta({ label: 'Owner', kind: 'email' }),
    password: z.string().default('').meta({ label: 'Password', kind: 'new-password' }),
    isAfloat: z.boolean().default(true).meta({ label: 'Afloat' }),
    crew: z
      .array(z.object({ name: z.string().default('') }))
      .default([])
      .meta({ label: 'Crew' }),
  }),
);

/** What stands in an attribute of the control of a field. */
const shownIn = (html: string, field: string) =>
  new RegExp(`<input[^>]* name="fields\\.${field}"[^>]* value="([^"]*)"`).exec(html)?.[1];

describe('a form of the administration', () => {
  it('shows what is kept, and defaults for what is not', () => {
    const html = boat.show({ name: 'Avocet & co' }).print().toString();
    assert.deepEqual([shownIn(html, 'name'), shownIn(html, 'owner')], ['Avocet &amp; co', '']);
    assert.match(html, /<input[^>]*type="email"[^>]*autocomplete="off"/);
    assert.match(html, /<input[^>]*type="checkbox"[^>]*checked/);
    assert.doesNotMatch(html, /role="alert"/);
  });

  it('gives the focus to a field, and to what is wrong where anything is', () => {
    const focused = /<input[^>]* name="fields\.(\w+)"[^>]* autofocus/;
    const shown = boat.show({ name: 'Tern' });
    assert.equal(focused.exec(shown.print([], 'name').toString())?.[1], 'name');
    assert.doesNotMatch(shown.print().toString(), focused);
    const wrong = shown
      .withErrors([{ field: 'owner', message: 'Nobody has it.' }])
      .print([], 'name')
      .toString();
    assert.doesNotMatch(wrong, focused);
    assert.match(wrong, /role="alert" tabindex="-1" autofocus/);
  });

  it('gives what was typed, and for what was not sent what counts now', () => {
    const read = boat.read([['fields.name', 'Tern']], { owner: 'ann@example.org', isAfloat: false });
    assert.ok(read.ok);
    assert.deepEqual(read.values, {
      ...{ name: 'Tern', owner: 'ann@example.org', password: '', isAfloat: false, crew: [] },
    });
  });

  /** What is sent, and what of it is told to be wrong. */
  const refused: readonly (readonly [string, readonly (readonly [string, unknown])[], RegExp])[] = [
    ['too long', [['fields.name', 'x'.repeat(11)]], /href="#fields\.name">Use at most 10 characters\./],
    [
      'a field that there is not',
      [['fields.colour', 'red']],
      /<li>The form has no field &quot;colour&quot;\./,
    ],
    [
      'a name that is none',
      [['fields.__proto__', 'red']],
      /<li>No field may be called &quot;__proto__&quot;\./,
    ],
    ['a file', [['fields.name', new Blob([''])]], /href="#fields\.name">A file cannot be kept here\./],
    [
      'two answers',
      [
        ['fields.name', 'a'],
        ['fields.name', 'b'],
      ],
      /href="#fields\.name">This was answered more than once\./,
    ],
  ];
  for (const [what, entries, message] of refused) {
    it(`refuses ${what}, and shows all that was typed`, () => {
      const read = boat.read([...entries, ['fields.owner', '"><b>']]);
      assert.equal(read.ok, false);
      const html = read.form.print().toString();
      assert.match(html, message);
      assert.match(html, /class="widgy-errors" role="alert" tabindex="-1" autofocus/);
      assert.equal(shownIn(html, 'owner'), '&quot;&gt;&lt;b&gt;');
    });
  }

  it('never shows a password again', () => {
    const read = boat.read([
      ['fields.name', 'x'.repeat(11)],
      ['fields.password', 'otters sleep'],
    ]);
    for (const html of [read.form.print(), boat.show({ password: 'otters sleep' }).print()].map(String)) {
      assert.doesNotMatch(html, /otters/);
      assert.match(html, /<input[^>]*type="password"[^>]*autocomplete="new-password"/);
    }
  });

  it('is shown with what is found to be wrong later, at its field or above all of them', () => {
    const read = boat.read([['fields.name', 'Tern']]);
    const html = read.form
      .withErrors([
        { field: 'name', message: 'There is a Tern.' },
        { field: '', message: 'The harbour is full.' },
        { field: 'constructor', message: 'So is the other.' },
      ])
      .print()
      .toString();
    assert.match(html, /href="#fields\.name">There is a Tern\.<\/a>/);
    assert.match(html, /<li>The harbour is full\.<\/li><li>So is the other\.<\/li>/);
    assert.match(html, /aria-describedby="fields\.name-error" aria-invalid="true"/);
    assert.equal(shownIn(html, 'name'), 'Tern');
  });

  it('goes on when the button of a list is pressed, with nothing said to be wrong', () => {
    const read = boat.read([
      ['fields.name', 'x'.repeat(11)],
      ['fields.crew.count', '0'],
      ['fields._action', 'add:crew'],
    ]);
    assert.equal(read.ok, false);
    const html = read.form.print().toString();
    assert.match(html, /name="fields\.crew\.count" value="1"/);
    assert.equal(shownIn(html, 'name'), 'x'.repeat(11));
    assert.doesNotMatch(html, /role="alert"/);
  });
});
