import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openMigrated } from '../testing/test-databases.ts';
import { allElements, submissionOf } from '../widgets/submit-fixture.ts';
import { refusedForm, type SettingsForm, settingsForm } from './form.ts';
import { printSettingsForm } from './print-form.ts';
import { readSettingsForm } from './read-form.ts';
import { boatyard } from './settings-fixture.ts';
import { readSettings } from './snapshot.ts';
import { openSettings, type SettingsStore } from './store.ts';
import { type SettingChange, writeSettings } from './write.ts';

const SECRET = 's3cret <&>';

describe('the form of settings', () => {
  it('has a fieldset for each group, and no control for what cannot be changed', async () => {
    const { page } = await open({ 'list.perPage': 5 });
    const elements = allElements(await page());
    assert.deepEqual(
      elements.filter(({ tag }) => tag === 'fieldset').map(({ children: [legend] }) => legend?.text),
      ['The site', 'Links in the footer', 'List', 'Mail'],
    );
    const names = elements.flatMap(({ attributes: { name = '', type } }) =>
      type === 'hidden' || name === '' ? [] : name,
    );
    assert.deepEqual(
      [...new Set(names)],
      [
        'settings._action',
        'settings.site.title',
        'settings.site.colour',
        'settings.list.note',
        'settings.mail.password',
      ],
    );
    assert.match(await page(), /Boats on one page is given by the configuration of the site\./);
    assert.doesNotMatch(await page(), /Theme/);
  });

  it('changes nothing when it is sent as it was printed', async () => {
    const { store, send, page } = await open();
    await write(
      store,
      ['site.title', 'a\nb'],
      ['site.links', [{ label: 'x', to: '/' }]],
      ['mail.password', SECRET],
    );
    const { read } = await send(submissionOf(await page()));
    assert.equal(read.status, 'read');
    assert.deepEqual(read.status === 'read' && read.changes, []);
  });

  it('keeps what was changed, whatever others did to the rest', async () => {
    const { store, send, page } = await open();
    const sent = withAnswers(submissionOf(await page()), {
      'settings.site.title': 'Slipway',
      'settings.mail.password': SECRET,
    });
    await write(store, ['list.note', 'by others']);
    const { written } = await send(sent);
    assert.deepEqual(written, { ok: true, revisions: { 'site.title': 1, 'mail.password': 1 } });
    const snapshot = await readSettings(store);
    assert.deepEqual(
      ['site.title', 'mail.password', 'list.note'].map((name) => snapshot.find(name)?.value),
      ['Slipway', SECRET, 'by others'],
    );
    const again = await send(sent);
    assert.deepEqual(again.written, { ok: true, revisions: { 'site.title': 1, 'mail.password': 1 } });
  });

  it('shows what others did to the same, and replaces it when it is sent again', async () => {
    const { store, send, page, print } = await open();
    const sent = withAnswers(submissionOf(await page()), {
      'settings.site.title': 'Mine',
      'settings.mail.password': SECRET,
    });
    await write(store, ['site.title', '<b>Theirs'], ['mail.password', 'their password']);
    const { read, written } = await send(sent);
    assert.ok(read.status === 'read' && written?.ok === false);
    const form = refusedForm(store, read.form, written.refusal);
    const shown = print(form);
    assert.match(
      shown,
      /Somebody changed this meanwhile. It is now “&lt;b&gt;Theirs”. Save again to replace it./,
    );
    assert.match(shown, /Enter this again: it is never shown./);
    assert.doesNotMatch(shown + JSON.stringify(form), /s3cret|their password/);
    const second = await send(submissionOf(shown));
    assert.deepEqual(second.written, { ok: true, revisions: { 'site.title': 2 } });
    const snapshot = await readSettings(store);
    assert.deepEqual(
      ['site.title', 'mail.password'].map((name) => snapshot.find(name)?.value),
      ['Mine', 'their password'],
    );
  });

  it('puts back to the default what is marked', async () => {
    const { store, send, page } = await open();
    assert.doesNotMatch(await page(), /_reset/);
    await write(store, ['site.title', 'Slipway'], ['mail.password', SECRET]);
    assert.match(await page(), /Use the default for Password/);
    const sent = [...submissionOf(await page()), ['settings._reset', 'mail.password'] as const];
    const { written } = await send(sent);
    assert.deepEqual(written, { ok: true, revisions: { 'mail.password': 2 } });
    const { read } = await send([['settings._reset', 'list.theme']]);
    assert.deepEqual(read.status === 'read' && read.changes, []);
  });

  it('changes lists without a script', async () => {
    const { send, page, print } = await open();
    const { read } = await send(submissionOf(await page(), 'add:site.links'));
    assert.equal(read.status, 'changed');
    const answers = { 'settings.site.links.0.label': 'Boats', 'settings.site.links.0.to': '/boats' };
    const { written } = await send(withAnswers(submissionOf(print(read.form)), answers));
    assert.deepEqual(written, { ok: true, revisions: { 'site.links': 1 } });
    const odd = await send([['settings._action', 'add:site.title']]);
    assert.equal(odd.read.status, 'refused');
  });

  const wrong: readonly [
    name: string,
    answers: Readonly<Record<string, string>>,
    errors: readonly string[],
  ][] = [
    ['a text that is too long', { 'settings.site.title': 'x'.repeat(21) }, ['too-long /site.title']],
    ['no number', { 'settings.list.perPage': 'many' }, ['wrong-kind /list.perPage']],
    ['a number that is too large', { 'settings.list.perPage': '101' }, ['too-large /list.perPage']],
    ['no colour', { 'settings.site.colour': 'red' }, ['refused /site.colour']],
    ['a setting that cannot be edited', { 'settings.list.theme': 'dune' }, ['unknown-field /list/theme']],
    ['no setting', { 'settings.constructor.prototype': 'x' }, ['forbidden-key /constructor/prototype']],
    [
      'a secret beside something wrong',
      { 'settings.mail.password': SECRET, 'settings.list.perPage': '0' },
      ['too-small /list.perPage', 'required /mail.password'],
    ],
  ];
  for (const [name, answers, errors] of wrong) {
    it(`refuses ${name}, and loses nothing that was typed`, async () => {
      const { send, page, print } = await open();
      const { read } = await send(withAnswers(submissionOf(await page()), answers));
      assert.equal(read.status, 'refused');
      assert.deepEqual(
        read.form.errors.map(({ code, path }) => `${code} ${path}`),
        errors,
      );
      const shown = print(read.form);
      const back = new Map(submissionOf(shown));
      for (const [control, text] of Object.entries(answers)) {
        if (back.has(control))
          assert.equal(back.get(control), control === 'settings.mail.password' ? '' : text);
      }
      assert.doesNotMatch(shown + JSON.stringify(read.form), /s3cret/);
    });
  }

  it('tells every refusal at its control', async () => {
    const { store, page, print } = await open();
    const form = settingsForm(store, await readSettings(store));
    for (const code of ['settings-unknown', 'settings-fixed', 'settings-repeated'] as const) {
      const shown = print(refusedForm(store, form, { code, what: '', names: ['site.title'] }));
      assert.match(shown, /aria-invalid="true"/, code);
      assert.match(shown, /href="#settings.site.title"/, code);
    }
    const errors = [{ code: 'refused', path: '/site.title', message: 'Not <this>.' }] as const;
    const shown = print(refusedForm(store, form, { code: 'settings-invalid', what: '', errors }));
    assert.match(shown, /Not &lt;this&gt;\./);
    assert.doesNotMatch(await page(), /aria-invalid/);
  });

  it('takes what came without what it was made from for not seen', async () => {
    const { store, send } = await open();
    await write(store, ['site.title', 'Slipway']);
    assert.deepEqual((await send([['settings.site.title', 'Slipway']])).written, { ok: true, revisions: {} });
    const { written } = await send([
      ['settings.site.title', 'Mine'],
      ['settings._base', 'site.title x'],
    ]);
    assert.equal(written?.ok === false && written.refusal.code, 'stale');
  });
});

async function open(file: Readonly<Record<string, unknown>> = {}) {
  const database = await openMigrated(':memory:');
  const store = openSettings({ settings: boatyard, database, file, now: () => 1 });
  const print = (form: SettingsForm) => printSettingsForm(store, form).toString();
  return {
    store,
    print,
    page: async () => print(settingsForm(store, await readSettings(store))),
    send: async (entries: Iterable<readonly [string, unknown]>) => {
      const read = readSettingsForm(store, await readSettings(store), entries);
      const written =
        read.status === 'read' ? await writeSettings(store, read.changes, { id: 'ann' }) : undefined;
      return { read, written };
    },
  };
}

/** Writes values as somebody who has seen what is there. */
async function write(
  store: SettingsStore,
  ...values: readonly (readonly [name: string, value: unknown])[]
): Promise<void> {
  const snapshot = await readSettings(store);
  const changes = values.map(([name, value]): SettingChange => {
    return { kind: 'set', name, value, seen: snapshot.find(name)?.revision ?? 0 };
  });
  const written = await writeSettings(store, changes, { id: null });
  assert.ok(written.ok, JSON.stringify(written));
}

/** What is sent when some controls are answered otherwise; one that is not there is added. */
function withAnswers(
  sent: readonly (readonly [string, string])[],
  answers: Readonly<Record<string, string>>,
) {
  return [...sent.filter(([name]) => !Object.hasOwn(answers, name)), ...Object.entries(answers)];
}
