import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listMedia } from '../../media/index.ts';
import { picture } from '../../media/media-fixture.ts';
import { testAdmin } from '../admin-fixture.ts';

const admin = await testAdmin();
const ann = await admin.person(['media.upload'], 'Ann');
const png = await picture('png');

const fileOf = (bytes: Uint8Array<ArrayBuffer> | string, name: string) => new File([bytes], name);
const boat = fileOf(new Uint8Array(png), 'boat.png');
const countOf = async () => (await listMedia(admin.widgy.media, { limit: 100 })).items.length;

describe('adding a file from the editor', () => {
  it('tells what a link to it looks like, and adds one however often it is sent', async () => {
    for (let time = 0; time < 2; time += 1) {
      const { status, html } = await ann.post('/media/add', { id: 'boat' }, { file: boat });
      assert.equal(status, 200, html);
      const { picture: small, ...told } = JSON.parse(html);
      assert.deepEqual(
        { ...told, url: typeof told.url },
        { id: 'boat', type: 'media', label: 'boat.png', url: 'string' },
      );
      assert.match(small.url, /^\/media\//);
      assert.equal(await countOf(), 1);
    }
  });

  for (const { what, fields, file, status, code } of [
    { what: 'no file', fields: { id: 'one' }, file: undefined, status: 400, code: 'invalid' },
    { what: 'no id', fields: {}, file: boat, status: 400, code: 'invalid' },
    {
      what: 'what is none of its types',
      fields: { id: 'two' },
      file: fileOf('MZ', 'a.exe'),
      status: 422,
      code: 'type-refused',
    },
    { what: 'nothing in it', fields: { id: 'three' }, file: fileOf('', 'a.png'), status: 422, code: 'empty' },
    {
      what: 'what something else has the id of',
      fields: { id: 'boat' },
      file: fileOf('%PDF-1.7', 'a.pdf'),
      status: 422,
      code: 'id-taken',
    },
  ])
    it(`refuses ${what}`, async () => {
      const before = await countOf();
      const answer = await ann.post('/media/add', fields, file && { file });
      assert.deepEqual([answer.status, JSON.parse(answer.html).code], [status, code], answer.html);
      assert.equal(await countOf(), before);
    });

  it('says that it is busy while as many files as may be are on their way, so that the editor can tell why', async () => {
    const { workshop } = admin.widgy.media;
    const leave: (() => void)[] = [];
    for (let left = workshop.enter(); left !== undefined; left = workshop.enter()) leave.push(left);
    const { status, html } = await ann.post('/media/add', { id: 'later' }, { file: boat });
    assert.deepEqual([status, JSON.parse(html).code], [429, 'busy']);
    for (const each of leave) each();
    assert.equal((await ann.post('/media/add', { id: 'later' }, { file: boat })).status, 200);
  });
});
