import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallout } from '../../callouts/index.ts';
import { trustedAuthor } from '../../documents/index.ts';
import { addMedia } from '../../media/index.ts';
import { pdf, picture } from '../../media/media-fixture.ts';
import { findWidget } from '../../tree/tree.ts';
import { testAdmin } from '../admin-fixture.ts';
import type { AdminPage } from '../person-fixture.ts';
import { draftOf, inColumn, makePage, saidBy } from './documents-admin-fixture.ts';

const admin = await testAdmin();
const { widgy } = admin;
const ann = await admin.person('everything', 'Ann');

async function add(fileName: string, bytes: Uint8Array, alt = ''): Promise<string> {
  const added = await addMedia(widgy.media, { fileName, bytes, alt }, trustedAuthor());
  assert.ok(added.ok, JSON.stringify(added));
  return `widgy:media/${added.media.id}`;
}

async function fieldsOf(document: string, id: string) {
  return findWidget((await draftOf(widgy.documents, document)).tree, id)?.fields;
}

/** The values that a control of a page offers. */
const offered = ({ html }: AdminPage, name: string) =>
  [...html.matchAll(/<(?:option|input type="radio")[^>]*value="([^"]*)"/g)]
    .map(([, value]) => value)
    .filter((value) => value?.startsWith(name));

const png = await picture('png');
const boat = await add('boat.png', png, 'A boat');
const list = await add('list.pdf', pdf);
assert.ok(widgy.callouts);
const made = await createCallout(widgy.callouts, { name: 'Winter notice' }, trustedAuthor());
assert.ok(made.ok, JSON.stringify(made));
const winter = `widgy:callout/${made.callout.id}`;

describe('the form of a widget', () => {
  it('has pictures to choose from, and shows the chosen one', async () => {
    const { base, document, page } = await makePage(admin, 'Pictures', [inColumn('i', 'image')]);
    let form = await ann.get(`${base}/content/i`);
    assert.deepEqual(offered(form, 'widgy:'), [boat], 'no page, no call-out and no other file');
    assert.match(form.html, /<img src="[^"]+\.webp" width="\d+" height="\d+" alt="" loading="lazy"/);
    form = await ann.press(form, 'Save and go on', { 'fields.image': boat });
    assert.equal((await fieldsOf(document, 'i'))?.image, boat);
    const refused: readonly (readonly [address: string, said: RegExp])[] = [
      ['boat.jpg', /enter an address that begins with/],
      [`widgy:page/${page.id}`, /This is no picture/],
      [list, /This is no picture/],
      ['widgy:media/gone', /not there any more/],
    ];
    for (const [address, said] of refused) {
      const typed = { 'fields.image': 'address:', 'fields.image.address': address };
      const answer = await ann.press(form, 'Save', typed);
      assert.equal(answer.status, 422, address);
      assert.match(answer.text, said);
      assert.equal((await fieldsOf(document, 'i'))?.image, boat);
    }
    await ann.press(form, 'Save', { 'fields.image': 'address:', 'fields.image.address': '/boat.jpg' });
    assert.equal((await fieldsOf(document, 'i'))?.image, '/boat.jpg');
  });

  it('has call-outs to choose from by their names', async () => {
    const { base, document } = await makePage(admin, 'Notices', [inColumn('c', 'callout')]);
    const form = await ann.get(`${base}/content/c`);
    assert.deepEqual(offered(form, 'widgy:'), [winter]);
    assert.match(form.html, />Winter notice<\/option>/);
    assert.doesNotMatch(form.html, /fields\.callout\.address/);
    await ann.press(form, 'Save', { 'fields.callout': winter });
    assert.equal((await fieldsOf(document, 'c'))?.callout, winter);
  });

  it('has all to choose from that can be linked, and finds what is not shown', async () => {
    const { base, document } = await makePage(admin, 'Links', [inColumn('b', 'button')]);
    for (let at = 0; at < 100; at++) await makePage(admin, `Quay ${at}`);
    const { page: far } = await makePage(admin, 'Zulu harbour, which is far away');
    const target = `widgy:page/${far.id}`;
    let form = await ann.get(`${base}/content/b`);
    assert.ok(offered(form, 'widgy:').includes(list));
    assert.ok(!offered(form, 'widgy:').includes(winter), 'it has no address');
    assert.ok(!offered(form, 'widgy:').includes(target));
    form = await ann.press(form, 'Find', { 'fields.text': 'Far', 'fields.link.search': 'zulu' });
    assert.deepEqual(offered(form, 'widgy:'), [target]);
    form = await ann.press(form, 'Save and go on', { 'fields.link': target });
    const kept = await fieldsOf(document, 'b');
    assert.deepEqual([kept?.text, kept?.link], ['Far', target], 'what was typed before stays');
    assert.ok(offered(form, 'widgy:').includes(target), 'what is chosen is offered');
  });

  it('takes words without markup, and tells what was taken out of markup', async () => {
    const { base, document } = await makePage(admin, 'Words', [inColumn('t', 'text')]);
    let form = await ann.get(`${base}/content/t`);
    assert.match(form.text, /an empty line begins a new paragraph/);
    form = await ann.press(form, 'Save and go on', { 'fields.text': 'One\r\n\r\n3 < 5' });
    assert.equal((await fieldsOf(document, 't'))?.text, '<p>One</p><p>3 &lt; 5</p>');
    assert.match(form.html, />\nOne\n\n3 &lt; 5<\/textarea>/);
    const same = await ann.press(form, 'Save and go on');
    assert.match(saidBy(same), /there was nothing new to save/);
    form = await ann.press(form, 'Save and go on', { 'fields.text': '<p>One</p><script>x</script>' });
    assert.match(
      saidBy(form),
      /saved in the draft\. Taken out of “Text”, since it may not be there: &lt;script&gt;\./,
    );
  });

  it('takes away again what was just added and is not wanted', async () => {
    const { base, document } = await makePage(admin, 'Twice thought');
    const add = (await ann.get(`${base}/content`)).links.find(({ text }) => text.startsWith('Add to'));
    const count = async () => (await draftOf(widgy.documents, document)).tree.root.children.length;
    const form = await ann.press(await ann.get(add?.href ?? ''), 'Add Video');
    assert.equal(await count(), 1);
    const again = await ann.press(form, 'Save', { 'fields.address': 'nowhere' });
    assert.equal(again.status, 422);
    const back = await ann.press(again, 'Do not add it');
    assert.equal(await count(), 0);
    assert.match(saidBy(back), /It was taken back/);
    await ann.press(back, 'Redo');
    assert.equal(await count(), 1);
    const [video] = (await draftOf(widgy.documents, document)).tree.root.children;
    const later = await ann.get(`${base}/content/${video?.id}`);
    assert.ok(
      later.links.some(({ text }) => text === 'Cancel'),
      'what is there stays',
    );
  });
});
