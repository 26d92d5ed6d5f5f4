import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallout } from '../callouts/index.ts';
import { trustedAuthor } from '../documents/index.ts';
import { addMedia, deleteMedia, listMedia, type MediaItem, readMedia } from '../media/index.ts';
import { pdf, picture } from '../media/media-fixture.ts';
import { deletePage } from '../pages/index.ts';
import { START, testAdmin } from './admin-fixture.ts';
import { formsWith } from './person-fixture.ts';
import { newLink, newPage, publish, putWidget, takeWidget } from './uses-fixture.ts';

const admin = await testAdmin();
const { widgy } = admin;
const ann = await admin.person('everything', 'Ann');
const bob = await admin.person(['media.upload'], 'Bob');
const carl = await admin.person(['media.delete'], 'Carl');
const dora = await admin.person(['pages.read', 'pages.edit'], 'Dora');

const png = await picture('png');

const fileOf = (bytes: Uint8Array<ArrayBuffer> | string, name: string, type = '') =>
  new File([bytes], name, { type });
const pngFile = (name: string) => fileOf(new Uint8Array(png), name, 'image/png');

/** Adds something behind the back of the administration. */
async function add(fileName: string, bytes: Uint8Array = png, alt = ''): Promise<MediaItem> {
  const added = await addMedia(widgy.media, { fileName, bytes, alt }, trustedAuthor());
  assert.ok(added.ok, JSON.stringify(added));
  admin.clock.now += 1;
  return added.media;
}

const countOf = async () => (await listMedia(widgy.media, { limit: 100 })).items.length;

describe('the page of a file', () => {
  it('says how it is used', async () => {
    const boat = await add('boat-to-use.png');
    const prices = await add('prices [new].pdf', pdf);
    assert.ok((await ann.get(`/media/${boat.id}`)).text.includes(`![](widgy:media/${boat.id})`));
    assert.match((await ann.get(`/media/${prices.id}`)).text, /\[prices .*\]\(widgy:media\//);
    await deleteMedia(widgy.media, boat.id, { seen: 1 }, trustedAuthor());
    assert.doesNotMatch((await ann.get(`/media/${boat.id}`)).text, /How to use it/);
  });
});

describe('who may do what with media', () => {
  it('sees what their role allows, and nothing else', async () => {
    const { id } = await add('allowed.png');
    const rows = [
      ['/media', { ann: 200, bob: 200, carl: 403, dora: 403 }],
      ['/media/new', { ann: 200, bob: 200, carl: 403, dora: 403 }],
      [`/media/${id}`, { ann: 200, bob: 200, carl: 403, dora: 403 }],
      ['/media/bin', { ann: 200, bob: 403, carl: 200, dora: 403 }],
    ] as const;
    for (const [path, wanted] of rows) {
      const statuses = {
        ann: (await ann.get(path)).status,
        bob: (await bob.get(path)).status,
        carl: (await carl.get(path)).status,
        dora: (await dora.get(path)).status,
      };
      assert.deepEqual(statuses, wanted, path);
    }
  });

  it('changes nothing that their role does not allow', async () => {
    const media = await add('kept.png');
    const seen = { seen: String(media.revision) };
    const before = await countOf();
    assert.equal((await dora.post('/media/new', { id: 'x' })).status, 403);
    assert.equal((await carl.post(`/media/${media.id}`, { ...seen, 'fields.name': 'y' })).status, 403);
    assert.equal((await bob.post(`/media/${media.id}/delete`, seen)).status, 403);
    assert.equal((await bob.post(`/media/bin/${media.id}/restore`, seen)).status, 403);
    assert.equal((await bob.post(`/media/bin/${media.id}/purge`, seen)).status, 403);
    assert.deepEqual(await readMedia(widgy.media, media.id), media);
    assert.equal(await countOf(), before);
  });

  it('is offered only what they may do', async () => {
    const media = await add('offered.png');
    const page = await bob.get(`/media/${media.id}`);
    assert.equal(formsWith(page, 'Move to the bin: offered.png').length, 0);
    assert.equal((await bob.get('/media')).links.filter(({ text }) => text === 'Bin').length, 0);
    assert.equal(formsWith(await ann.get(`/media/${media.id}`), 'Move to the bin: offered.png').length, 1);
  });
});

describe('adding a file', () => {
  it('makes one, however often the form is sent', async () => {
    const form = await bob.get('/media/new');
    const before = await countOf();
    const typed = { 'fields.alt': 'A red field' };
    const first = await bob.press(form, 'Add the file', typed, { file: pngFile('red field.png') });
    assert.equal(first.status, 200);
    assert.match(first.text, /“red field\.png” was added\./);
    assert.match(first.html, /<h1>red field\.png<\/h1>/);
    assert.match(first.html, />\s*A red field<\/textarea>/);
    const second = await bob.press(form, 'Add the file', typed, { file: pngFile('red field.png') });
    assert.equal(second.url, first.url);
    assert.equal(await countOf(), before + 1);
    const grid = await bob.get('/media');
    assert.ok(grid.links.some(({ text, href }) => text === 'red field.png' && first.url === href));
    assert.match(grid.html, /<img src="\/media\/[0-9a-f]{64}\/[^"]+" width="40" height="20" alt=""/);
  });

  it('takes another file with another form', async () => {
    const form = await bob.get('/media/new');
    await bob.press(form, 'Add the file', {}, { file: pngFile('one.png') });
    const before = await countOf();
    const refused = await bob.press(form, 'Add the file', {}, { file: fileOf(pdf.toString(), 'two.pdf') });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /This form had sent another file already\. Choose this one again\./);
    const again = await bob.press(refused, 'Add the file', {}, { file: fileOf(pdf.toString(), 'two.pdf') });
    assert.match(again.text, /“two\.pdf” was added\./);
    assert.equal(await countOf(), before + 1);
  });

  const large = Buffer.concat([pdf, Buffer.alloc(widgy.media.limits.bytes)]);
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const refusals: readonly [what: string, file: File, says: RegExp][] = [
    ['no file', fileOf('', ''), /Choose a file\./],
    ['an empty file', fileOf('', 'empty.png'), /The file is empty\./],
    ['a picture with a script', fileOf(svg, 'a.svg', 'image/svg+xml'), /An SVG may hold scripts/],
    ['a picture that says to be a document', pngFile('a.pdf'), /says to be \.pdf and is image\/png/],
    [
      'a page that says to be a picture',
      fileOf('<!doctype html><p>x', 'a.png', 'image/png'),
      /is text\/html/,
    ],
    ['half a picture', fileOf(new Uint8Array(png.subarray(0, 40)), 'a.png', 'image/png'), /cannot be read/],
    [
      'a large file',
      fileOf(new Uint8Array(large), 'a.pdf', 'application/pdf'),
      /too large: send at most 20 MiB/,
    ],
  ];
  for (const [what, file, says] of refusals) {
    it(`says why not: ${what}`, async () => {
      const before = await countOf();
      const typed = { 'fields.alt': 'A <b>red</b> field' };
      const page = await bob.press(await bob.get('/media/new'), 'Add the file', typed, { file });
      assert.equal(page.status, 422, page.text);
      assert.match(page.text, says);
      assert.match(page.html, /<a href="#file">/);
      assert.match(page.html, /id="file-error"/);
      assert.match(page.text, /Choose the file again/);
      assert.match(page.html, />\s*A &lt;b&gt;red&lt;\/b&gt; field<\/textarea>/);
      assert.equal(await countOf(), before);
    });
  }

  it('keeps a text that is too long, to be shortened', async () => {
    const before = await countOf();
    const alt = 'long '.repeat(300);
    const form = await bob.get('/media/new');
    const page = await bob.press(form, 'Add the file', { 'fields.alt': alt }, { file: pngFile('a.png') });
    assert.equal(page.status, 422);
    assert.match(page.text, /The text is too long: use at most 1000 characters\./);
    assert.match(page.text, /Choose the file again/);
    assert.ok(page.html.includes(alt));
    assert.equal(await countOf(), before);
  });

  it('takes a form without parts for one without a file', async () => {
    const page = await bob.post('/media/new', { id: 'abc', 'fields.alt': 'typed' });
    assert.equal(page.status, 422);
    assert.match(page.text, /Choose a file\./);
    assert.match(page.html, />\s*typed<\/textarea>/);
  });

  it('makes nothing of names and ids that are to do harm', async () => {
    const form = await bob.get('/media/new');
    const named = await bob.press(form, 'Add the file', {}, { file: pngFile('../../<img onerror=x>.png') });
    assert.equal(named.status, 200);
    assert.match(named.html, /<h1>&lt;img onerror=x&gt;\.png<\/h1>/);
    for (const id of ['../x', '<x>', 'a'.repeat(300)]) {
      const other = await bob.press(
        await bob.get('/media/new'),
        'Add the file',
        { id },
        { file: pngFile('a.png') },
      );
      assert.equal(other.status, 422, id);
    }
    for (const path of ['/media/..%2f..%2fetc', '/media/%3Cscript%3E', '/media/nothing'])
      assert.equal((await ann.get(path)).status, 404, path);
  });
});

describe('the grid', () => {
  it('marks pictures that nobody has described, and no documents', async () => {
    await add('mute.png');
    await add('described.png', png, 'A red field');
    await add('prices.pdf', pdf);
    for (const [query, isMarked] of [
      ['mute', true],
      ['described', false],
      ['prices', false],
    ] as const) {
      const page = await ann.press(await ann.get('/media'), 'Search', { q: query });
      assert.ok(page.text.includes(`${query}.`), page.text);
      assert.equal(page.text.includes('Not described'), isMarked, query);
    }
  });

  it('is searched by words and sorts', async () => {
    await add('lighthouse.png', png, 'A lighthouse <at> 100%');
    const found = await ann.get(`/media?${new URLSearchParams({ q: '<AT> 100%' })}`);
    assert.match(found.text, /lighthouse\.png/);
    assert.match(found.html, /value="&lt;AT&gt; 100%"/);
    const documents = await ann.get('/media?kind=document&q=lighthouse');
    assert.match(documents.text, /Nothing here has “lighthouse”/);
    assert.equal((await ann.get('/media?kind=__proto__&after=x&q=%00')).status, 200);
  });

  it('is turned over, from the newest to the oldest', async () => {
    const names = Array.from({ length: 45 }, (_, at) => `turn-${String(at).padStart(2, '0')}.pdf`);
    for (const name of names) await add(name, pdf);
    let page = await ann.get('/media?q=turn-');
    const shown: string[] = [];
    for (let turns = 0; turns < 2; turns += 1) {
      // A document has a mark with its type, which nobody but eyes sees.
      shown.push(...page.links.flatMap(({ text }) => /turn-\d+\.pdf$/.exec(text) ?? []));
      const next = page.links.find(({ text }) => text === 'Older files');
      if (turns === 0) page = await ann.get(next?.href ?? assert.fail());
      else assert.equal(next, undefined);
    }
    assert.deepEqual(shown, names.toReversed());
    assert.ok(
      page.links.some(({ text, href }) => text === 'Back to the newest' && href.endsWith('?q=turn-')),
    );
  });
});

describe('describing a file', () => {
  it('keeps name and text', async () => {
    const { id } = await add('before.png');
    const page = await bob.press(await bob.get(`/media/${id}`), 'Save before.png', {
      'fields.name': 'after.png',
      'fields.alt': ' Two   boats ',
    });
    assert.match(page.text, /“after\.png” was saved\./);
    const now = await readMedia(widgy.media, id);
    assert.deepEqual([now?.name, now?.alt], ['after.png', 'Two boats']);
  });

  it('does no harm when it is sent twice', async () => {
    const { id } = await add('twice.png');
    const form = await bob.get(`/media/${id}`);
    for (const _ of [1, 2]) {
      const page = await bob.press(form, 'Save twice.png', { 'fields.alt': 'Once' });
      assert.equal(page.status, 200);
    }
    assert.equal((await readMedia(widgy.media, id))?.revision, 2);
  });

  it('never overwrites what somebody else has written', async () => {
    const { id } = await add('shared.png');
    const form = await bob.get(`/media/${id}`);
    await ann.press(await ann.get(`/media/${id}`), 'Save shared.png', { 'fields.alt': 'By <Ann>' });
    const refused = await bob.press(form, 'Save shared.png', { 'fields.alt': 'By Bob' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Somebody changed this meanwhile\. It is “By <Ann>” now\. Save again/);
    assert.match(refused.html, />\s*By Bob<\/textarea>/);
    assert.equal((await readMedia(widgy.media, id))?.alt, 'By <Ann>');
    const again = await bob.press(refused, 'Save shared.png');
    assert.match(again.text, /was saved/);
    assert.equal((await readMedia(widgy.media, id))?.alt, 'By Bob');
  });

  it('says what is wrong with a name, and keeps what was typed', async () => {
    const { id } = await add('named.png');
    for (const [name, says] of [
      ['', /Enter a name\./],
      ['  ', /Give the file a name\./],
      ['n'.repeat(201), /The name is too long: use at most 200 characters\./],
    ] as const) {
      const typed = { 'fields.name': name, 'fields.alt': 'Typed' };
      const page = await bob.press(await bob.get(`/media/${id}`), 'Save named.png', typed);
      assert.equal(page.status, 422, name);
      assert.match(page.text, says);
      assert.match(page.html, />\s*Typed<\/textarea>/);
    }
    assert.equal((await readMedia(widgy.media, id))?.revision, 1);
  });

  it('asks for no description of a document', async () => {
    const { id } = await add('plain.pdf', pdf);
    const page = await bob.get(`/media/${id}`);
    assert.doesNotMatch(page.text, /Alternative text/);
    const sent = await bob.press(page, 'Save plain.pdf', { 'fields.alt': 'x' });
    assert.equal(sent.status, 422);
    assert.equal((await readMedia(widgy.media, id))?.alt, '');
  });
});

describe('where a file is used', () => {
  it('is told by name, with the way there for those who may go it', async () => {
    const media = await add('used.png');
    const image = { image: `widgy:media/${media.id}` };
    const [draft, live, former, binned] = [
      await newPage(widgy, 'In a draft'),
      await newPage(widgy, 'Published <b>'),
      await newPage(widgy, 'Formerly'),
      await newPage(widgy, 'In the bin'),
    ];
    await putWidget(widgy, draft.document, 'image', image);
    await putWidget(widgy, live.document, 'image', image);
    await publish(widgy, live.document);
    const widget = await putWidget(widgy, former.document, 'image', image);
    await publish(widgy, former.document);
    await takeWidget(widgy, former.document, widget);
    await publish(widgy, former.document);
    await putWidget(widgy, binned.document, 'image', image);
    await deletePage(widgy.pages, binned.id, { seen: binned.revision }, trustedAuthor());
    const later = await newPage(widgy, 'To come');
    const coming = await putWidget(widgy, later.document, 'image', image);
    await publish(widgy, later.document, START + 10 ** 9);
    await takeWidget(widgy, later.document, coming);
    const callout = await createCallout(
      widgy.callouts ?? assert.fail(),
      { name: 'Shared piece' },
      trustedAuthor(),
    );
    assert.ok(callout.ok && callout.callout.document !== null);
    await putWidget(widgy, callout.callout.document, 'image', image);
    const link = await newLink(widgy, 'Leads there', `widgy:media/${media.id}`);
    const page = await ann.get(`/media/${media.id}`);
    const told = [
      /In a draft \/in-a-draft Page · In its draft/,
      /Published <b> \/published-b Page · Visitors see it/,
      /In the bin \/in-the-bin Page · It is in the bin/,
      /To come \/to-come Page · In what is to be published/,
      /Shared piece Call-out · In its draft/,
      /Leads there \/leads-there Page · It leads there/,
    ];
    for (const words of told) assert.match(page.text, words);
    assert.doesNotMatch(page.text, /Formerly/);
    const hrefs = page.links.map(({ href }) => href);
    for (const there of [
      `documents/${draft.document}/content`,
      `documents/${live.document}/content`,
      `pages/${link.id}`,
    ])
      assert.ok(hrefs.includes(`/admin/${there}`), there);
    assert.ok(!hrefs.includes(`/admin/documents/${binned.document}/content`));
    const seenByBob = await bob.get(`/media/${media.id}`);
    assert.match(seenByBob.text, /In a draft/);
    assert.ok(!seenByBob.links.some(({ href }) => href.includes('/documents/') || href.includes('/pages/')));
  });

  it('costs as many statements for one place as for many', async () => {
    const [one, many] = [await add('one-place.png'), await add('many-places.png')];
    const use = async (media: MediaItem, times: number) => {
      for (let at = 0; at < times; at += 1) {
        const page = await newPage(widgy, `${media.name} ${at}`);
        await putWidget(widgy, page.document, 'image', { image: `widgy:media/${media.id}` });
      }
    };
    await use(one, 1);
    await use(many, 12);
    const ask = (media: MediaItem) => admin.statements(() => ann.get(`/media/${media.id}`));
    const first = await ask(one);
    assert.equal(await ask(many), first);
    assert.ok(first > 4);
  });
});

describe('the bin', () => {
  it('takes a file, and gives it back', async () => {
    const { id } = await add('away.png');
    const form = await ann.get(`/media/${id}`);
    const binned = await ann.press(form, 'Move to the bin: away.png');
    assert.match(binned.text, /“away\.png” was moved to the bin\./);
    assert.ok(!binned.links.some(({ text }) => text === 'away.png'));
    const twice = await ann.press(form, 'Move to the bin: away.png');
    assert.equal(twice.status, 200);
    assert.match((await ann.get(`/media/${id}`)).text, /In the bin/);
    const back = await ann.press(binned, 'Undo');
    assert.match(back.text, /“away\.png” is back\./);
    assert.equal((await readMedia(widgy.media, id))?.deletedAt, null);
  });

  it('does not take what somebody has changed since', async () => {
    const { id } = await add('changing.png');
    const form = await ann.get(`/media/${id}`);
    await bob.press(await bob.get(`/media/${id}`), 'Save changing.png', { 'fields.alt': 'New' });
    const page = await ann.press(form, 'Move to the bin: changing.png');
    assert.match(page.text, /“changing\.png” was not moved to the bin\. Somebody changed the file meanwhile/);
    assert.equal((await readMedia(widgy.media, id))?.deletedAt, null);
  });

  it('keeps what is used, and says where', async () => {
    const media = await add('needed.png');
    const page = await newPage(widgy, 'Needs it');
    const widget = await putWidget(widgy, page.document, 'image', { image: `widgy:media/${media.id}` });
    await deleteMedia(widgy.media, media.id, { seen: media.revision }, trustedAuthor());
    const bin = await carl.get('/media/bin');
    const held = await carl.press(bin, 'Delete for good: needed.png');
    assert.equal(held.status, 422);
    assert.match(held.text, /“needed\.png” was not deleted It is still used\..*Needs it/);
    assert.notEqual(await readMedia(widgy.media, media.id), undefined);
    await takeWidget(widgy, page.document, widget);
    const done = await carl.press(held, 'Delete for good: needed.png');
    assert.match(done.text, /“needed\.png” was deleted for good\./);
    assert.equal(await readMedia(widgy.media, media.id), undefined);
    assert.match((await carl.press(bin, 'Delete for good: needed.png')).text, /not there any more/);
  });

  it('keeps what a page only leads to', async () => {
    const media = await add('led-to.pdf', pdf);
    await newLink(widgy, 'The price list', `widgy:media/${media.id}`);
    await deleteMedia(widgy.media, media.id, { seen: media.revision }, trustedAuthor());
    const held = await carl.press(await carl.get('/media/bin'), 'Delete for good: led-to.pdf');
    assert.equal(held.status, 422);
    assert.match(held.text, /The price list/);
    assert.notEqual(await readMedia(widgy.media, media.id), undefined);
  });

  it('deletes nothing that is not in it', async () => {
    const media = await add('present.png');
    const page = await carl.post(`/media/bin/${media.id}/purge`, { seen: String(media.revision) });
    assert.match(page.text, /“present\.png” was not deleted\./);
    assert.deepEqual(await readMedia(widgy.media, media.id), media);
  });

  it('gives back to those who may not see the rest', async () => {
    const media = await add('carls.png');
    await deleteMedia(widgy.media, media.id, { seen: media.revision }, trustedAuthor());
    const page = await carl.press(await carl.get('/media/bin'), 'Put back: carls.png');
    assert.equal(page.status, 200);
    assert.match(page.text, /“carls\.png” is back\./);
  });
});
