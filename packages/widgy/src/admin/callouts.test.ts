import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Callout,
  createCallout,
  deleteCallout,
  listCallouts,
  MAX_CALLOUT_NAME,
  readCallout,
  renameCallout,
} from '../callouts/index.ts';
import { trustedAuthor } from '../documents/index.ts';
import { START, testAdmin } from './admin-fixture.ts';
import { formsWith } from './person-fixture.ts';
import { newPage, publish, putWidget, takeWidget } from './uses-fixture.ts';

const admin = await testAdmin();
const { widgy } = admin;
const store = widgy.callouts ?? assert.fail();
const ann = await admin.person('everything', 'Ann');
const bob = await admin.person(['callouts.edit'], 'Bob');
const carl = await admin.person(['pages.read', 'media.delete', 'redirects.manage'], 'Carl');
const robot = trustedAuthor();

/** Makes a call-out behind the back of the administration. */
async function add(name: string): Promise<Callout & { readonly document: string }> {
  const made = await createCallout(store, { name }, robot);
  assert.ok(made.ok, JSON.stringify(made));
  const { callout } = made;
  assert.ok(callout.document !== null);
  return { ...callout, document: callout.document };
}

const text = (words: string) => ({ text: `<p>${words}</p>` });
const shows = ({ id }: Callout) => ({ callout: `widgy:callout/${id}`, look: 'box' });

describe('who may do what with call-outs', () => {
  it('is decided by one permission', async () => {
    const callout = await add('Guarded');
    const seen = { seen: String(callout.revision) };
    for (const path of ['/callouts', '/callouts/new', '/callouts/bin', `/callouts/${callout.id}`]) {
      assert.equal((await bob.get(path)).status, 200, path);
      assert.equal((await carl.get(path)).status, 403, path);
    }
    for (const path of [
      'new',
      callout.id,
      `${callout.id}/delete`,
      `bin/${callout.id}/restore`,
      `bin/${callout.id}/purge`,
    ])
      assert.equal((await carl.post(`/callouts/${path}`, { ...seen, 'fields.name': 'X' })).status, 403, path);
    assert.deepEqual(await readCallout(store, callout.id), callout);
  });

  it('is no question where there is no such call-out', async () => {
    for (const id of ['nothing', '__proto__', '%00', '%3Cscript%3E', '..%2f..%2fbin']) {
      assert.equal((await ann.get(`/callouts/${id}`)).status, 404, id);
      assert.equal((await ann.post(`/callouts/${id}/delete`, { seen: '1' })).status, 404, id);
    }
    for (const path of ['nothing/restore', '%00/restore', '%00/purge'])
      assert.match((await ann.post(`/callouts/bin/${path}`, { seen: '1' })).text, /not there any more/, path);
    const odd = await ann.post('/callouts/new', { id: '\0', 'fields.name': 'Odd' });
    assert.deepEqual([odd.status, (await listCallouts(store, { text: 'Odd' })).total], [422, 0]);
  });
});

describe('making a call-out', () => {
  it('leads to what it shows, and makes one however often the form is sent', async () => {
    const form = await ann.get('/callouts/new');
    const before = (await listCallouts(store)).total;
    const first = await ann.press(form, 'Make the call-out', { 'fields.name': ' Opening   hours ' });
    const made = (await listCallouts(store, { text: 'opening hours' })).callouts[0] ?? assert.fail();
    assert.equal(first.url, `/admin/documents/${made.document}/content`);
    assert.equal(made.name, 'Opening hours');
    const second = await ann.press(form, 'Make the call-out', { 'fields.name': 'Opening hours' });
    assert.equal(second.url, first.url);
    assert.equal((await listCallouts(store)).total, before + 1);
  });

  it('says what is wrong with a name, and keeps what was typed', async () => {
    await add('Taken');
    for (const [name, says] of [
      ['', /Enter a name\./],
      ['   ', /Give the call-out a name of 1 to 120 characters/],
      ['n'.repeat(MAX_CALLOUT_NAME + 1), /Give the call-out a name of 1 to 120 characters/],
      ['<b>\u0007</b>', /without control characters/],
      ['TAKEN', /There is a call-out "Taken" already\. Give this one another name\./],
    ] as const) {
      const before = (await listCallouts(store)).total;
      const page = await ann.press(await ann.get('/callouts/new'), 'Make the call-out', {
        'fields.name': name,
      });
      assert.equal(page.status, 422, name);
      assert.match(page.text, says);
      const typed = page.forms.flatMap(({ fields }) => fields).find(([field]) => field === 'fields.name');
      assert.equal(typed?.[1], name);
      assert.equal((await listCallouts(store)).total, before);
    }
  });

  it('needs the permission to add what it begins with', async () => {
    const page = await bob.press(await bob.get('/callouts/new'), 'Make the call-out', {
      'fields.name': 'By Bob',
    });
    assert.equal(page.status, 422);
    assert.match(page.html, /widgy-errors/);
    assert.equal((await listCallouts(store, { text: 'By Bob' })).total, 0);
  });
});

describe('the list', () => {
  it('says what each is to visitors, and how often it is used', async () => {
    const draft = await add('State a');
    const live = await add('State b');
    const changed = await add('State c');
    const coming = await add('State d');
    await putWidget(widgy, draft.document, 'text', text('a'));
    await putWidget(widgy, live.document, 'text', text('b'));
    await publish(widgy, live.document);
    await publish(widgy, changed.document);
    await putWidget(widgy, changed.document, 'text', text('c'));
    await publish(widgy, coming.document, START + 86_400_000);
    for (const title of ['Uses b', 'Uses b too']) {
      const page = await newPage(widgy, title);
      await putWidget(widgy, page.document, 'callout', shows(live));
    }
    const page = await ann.get('/callouts?q=state');
    for (const words of [
      /State a Draft nowhere/,
      /State b Published in 2 places/,
      /State c Changed nowhere/,
      /State d From 22 September nowhere/,
    ])
      assert.match(page.text, words);
    assert.ok(
      page.links.some(
        ({ text, href }) => text === 'Edit State a' && href === `/admin/documents/${draft.document}/content`,
      ),
    );
  });

  it('is searched and turned over', async () => {
    for (let at = 10; at < 62; at += 1) await add(`Turn ${at} <i>`);
    const first = await ann.press(await ann.get('/callouts'), 'Search', { q: ' TURN ' });
    assert.match(first.text, /Turn 10 <i>/);
    assert.doesNotMatch(first.text, /Turn 60/);
    const next = first.links.find(({ text }) => text === 'More call-outs')?.href ?? assert.fail();
    const second = await ann.get(next);
    assert.match(second.text, /Turn 60 <i>.*Turn 61 <i>/);
    assert.doesNotMatch(second.text, /Turn 59/);
    assert.match((await ann.get('/callouts?q=%25&from=-7')).text, /No call-out has “%”/);
  });

  it('costs as many statements for one as for many', async () => {
    const ask = (query: string) => admin.statements(() => ann.get(`/callouts?q=${query}`));
    const first = await ask('Turn%2010');
    assert.equal(await ask('Turn'), first);
    assert.ok(first > 3);
  });
});

describe('a call-out', () => {
  it('names the pages that show it before a change of it is published', async () => {
    const callout = await add('Shared');
    await publish(widgy, callout.document);
    const [one, two] = [await newPage(widgy, 'First place'), await newPage(widgy, 'Second place')];
    for (const { document } of [one, two]) {
      await putWidget(widgy, document, 'callout', shows(callout));
      await publish(widgy, document);
    }
    await putWidget(widgy, callout.document, 'text', text('new'));
    const page = await ann.get(`/callouts/${callout.id}`);
    assert.match(page.text, /Changed/);
    assert.match(page.text, /What you publish of it is seen on all of these at once\./);
    assert.match(page.text, /First place \/first-place Page · Visitors see it.*Second place/);
    assert.ok(page.links.some(({ href }) => href === `/admin/documents/${one.document}/content`));
    const seenByBob = await bob.get(`/callouts/${callout.id}`);
    assert.match(seenByBob.text, /First place/);
    assert.ok(!seenByBob.links.some(({ href }) => href === `/admin/documents/${one.document}/content`));
  });

  it('gets another name', async () => {
    const callout = await add('Old name');
    const form = await bob.get(`/callouts/${callout.id}`);
    const page = await bob.press(form, 'Save Old name', { 'fields.name': 'New <name>' });
    assert.match(page.text, /“New <name>” was saved\./);
    assert.match(page.html, /<h1>New &lt;name&gt;<\/h1>/);
    const twice = await bob.press(form, 'Save Old name', { 'fields.name': 'New <name>' });
    assert.equal(twice.status, 200);
    assert.equal((await readCallout(store, callout.id))?.revision, callout.revision + 1);
  });

  it('never loses the name that somebody else gave it', async () => {
    const callout = await add('Contested');
    const form = await bob.get(`/callouts/${callout.id}`);
    await renameCallout(store, callout.id, { name: 'By Ann', seen: callout.revision }, robot);
    const refused = await bob.press(form, 'Save Contested', { 'fields.name': 'By Bob' });
    assert.equal(refused.status, 422);
    assert.match(
      refused.text,
      /Somebody changed this meanwhile\. It is “By Ann” now\. Save again to replace it\./,
    );
    assert.equal((await readCallout(store, callout.id))?.name, 'By Ann');
    await bob.press(refused, 'Save By Ann');
    assert.equal((await readCallout(store, callout.id))?.name, 'By Bob');
  });

  it('does not get the name of another one', async () => {
    const [one, two] = [await add('Number one'), await add('Number two')];
    const page = await bob.press(await bob.get(`/callouts/${two.id}`), 'Save Number two', {
      'fields.name': 'number ONE',
    });
    assert.equal(page.status, 422);
    assert.match(page.text, /There is a call-out "Number one" already/);
    assert.deepEqual(
      [(await readCallout(store, one.id))?.name, (await readCallout(store, two.id))?.name],
      ['Number one', 'Number two'],
    );
  });
});

describe('the bin of call-outs', () => {
  it('takes one, and gives it back', async () => {
    const callout = await add('Going');
    const form = await bob.get(`/callouts/${callout.id}`);
    const binned = await bob.press(form, 'Move to the bin: Going');
    assert.match(binned.text, /“Going” was moved to the bin\. Pages show nothing in its place\./);
    assert.equal((await bob.press(form, 'Move to the bin: Going')).status, 200);
    assert.match((await bob.get('/callouts/bin')).text, /Going/);
    const back = await bob.press(binned, 'Undo');
    assert.match(back.text, /“Going” is back\./);
    assert.equal((await bob.press(binned, 'Undo')).url, `/admin/callouts/${callout.id}`);
    assert.equal((await readCallout(store, callout.id))?.deletedAt, null);
  });

  it('does not take what somebody has changed since', async () => {
    const callout = await add('Busy');
    const form = await bob.get(`/callouts/${callout.id}`);
    await renameCallout(store, callout.id, { name: 'Busy now', seen: callout.revision }, robot);
    const page = await bob.press(form, 'Move to the bin: Busy');
    assert.match(page.text, /was not moved to the bin\. Somebody changed the call-out "Busy now" meanwhile/);
    assert.equal((await readCallout(store, callout.id))?.deletedAt, null);
  });

  it('does not give back what has lost its name', async () => {
    const callout = await add('Popular');
    await deleteCallout(store, callout.id, { seen: callout.revision }, robot);
    await add('Popular');
    const page = await bob.press(await bob.get('/callouts/bin'), 'Put back: Popular');
    assert.match(page.text, /It was not put back: there is another call-out “Popular” now\./);
    assert.notEqual((await readCallout(store, callout.id))?.deletedAt, null);
  });

  it('offers nothing there but to put it back', async () => {
    const callout = await add('Resting');
    await deleteCallout(store, callout.id, { seen: callout.revision }, robot);
    const page = await bob.get(`/callouts/${callout.id}`);
    assert.match(page.text, /In the bin/);
    assert.equal(formsWith(page, 'Save Resting').length, 0);
    assert.equal(formsWith(page, 'Put back: Resting').length, 1);
    const sent = await bob.post(`/callouts/${callout.id}`, { seen: '2', 'fields.name': 'Awake' });
    assert.equal(sent.status, 422);
    assert.equal((await readCallout(store, callout.id))?.name, 'Resting');
  });

  it('deletes for good what nothing uses, and says where it is used', async () => {
    const callout = await add('Wanted');
    const page = await newPage(widgy, 'Wants it');
    const widget = await putWidget(widgy, page.document, 'callout', shows(callout));
    await deleteCallout(store, callout.id, { seen: callout.revision }, robot);
    const bin = await ann.get('/callouts/bin');
    const held = await ann.press(bin, 'Delete for good: Wanted');
    assert.equal(held.status, 422);
    assert.match(held.text, /“Wanted” was not deleted It is still used\..*Wants it/);
    assert.notEqual(await readCallout(store, callout.id), undefined);
    await takeWidget(widgy, page.document, widget);
    assert.match((await ann.press(held, 'Delete for good: Wanted')).text, /“Wanted” was deleted for good\./);
    assert.equal(await readCallout(store, callout.id), undefined);
    assert.match((await ann.press(bin, 'Delete for good: Wanted')).text, /not there any more/);
  });
});
