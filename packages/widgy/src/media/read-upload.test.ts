import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { dropUpload, readUpload } from './read-upload.ts';

/** A stream that gives parts of ten bytes, and counts what was taken from it. */
function counted(parts: number, failure?: Error) {
  const taken: number[] = [];
  async function* give() {
    for (let part = 0; part < parts; part += 1) {
      taken.push(part);
      yield Buffer.alloc(10, part);
    }
    if (failure !== undefined) throw failure;
  }
  return { stream: Readable.from(give(), { highWaterMark: 1 }), taken };
}

describe('an upload', () => {
  const sizes: readonly [parts: number, limit: number, isRead: boolean][] = [
    [0, 1, true],
    [3, 30, true],
    [3, 29, false],
    [1000, 30, false],
  ];
  for (const [parts, limit, isRead] of sizes) {
    it(`of ${parts * 10} bytes is ${isRead ? 'read' : 'refused'} where ${limit} are allowed`, async () => {
      const { stream, taken } = counted(parts);
      const read = await readUpload({ stream }, limit);
      assert.equal(read.ok, isRead);
      if (read.ok) assert.equal(read.bytes.length, parts * 10);
      else
        assert.deepEqual(read.refusal, {
          code: 'too-large',
          limit,
          what: `The file is too large: send at most ${limit} bytes.`,
        });
      assert.equal(stream.destroyed, true);
      assert.ok(taken.length <= limit / 10 + 3, `${taken.length} parts were taken`);
      const given = await readUpload({ bytes: new Uint8Array(parts * 10) }, limit);
      assert.equal(given.ok, isRead);
    });
  }

  it('that breaks off is refused', async () => {
    const { stream } = counted(3, new Error('aborted'));
    const read = await readUpload({ stream }, 1000);
    assert.equal(!read.ok && read.refusal.code, 'interrupted');
  });

  it('whose sender went away before its end is refused', async () => {
    const stream = new Readable({ read() {} });
    stream.push('half');
    const reading = readUpload({ stream }, 1000);
    stream.destroy();
    const read = await reading;
    assert.equal(!read.ok && read.refusal.code, 'interrupted');
  });

  it('that nobody reads is ended', () => {
    const { stream, taken } = counted(3);
    dropUpload({ stream });
    assert.deepEqual([stream.destroyed, taken], [true, []]);
    dropUpload({ bytes: new Uint8Array(1) });
  });
});
