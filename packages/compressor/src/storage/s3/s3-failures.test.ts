import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { CompressorError } from '../../errors.ts';
import { namesIn } from '../names-in.ts';
import type { Storage } from '../storage.ts';
import {
  FAKE_BUCKET,
  FAKE_KEYS,
  type FakeS3,
  type FakeS3Options,
  refuse,
  startFakeS3,
} from './fake-s3-fixture.ts';
import { listen } from './listen-fixture.ts';
import type { S3Options } from './options.ts';
import { FIRST_PAUSE, LONGEST_PAUSE, pause } from './retry.ts';
import { s3Storage } from './s3.ts';

function storageOf(endpoint: string, options: Partial<S3Options> = {}): Storage {
  return s3Storage({
    bucket: FAKE_BUCKET,
    endpoint,
    region: 'us-east-1',
    pathStyle: true,
    credentials: FAKE_KEYS,
    ...options,
  });
}

/** A fake, and a storage in it. */
async function setUp(
  fakeOptions: FakeS3Options = {},
  options: Partial<S3Options> = {},
): Promise<{ fake: FakeS3; storage: Storage } & AsyncDisposable> {
  const fake = await startFakeS3(fakeOptions);
  const storage = storageOf(fake.endpoint, options);
  return {
    fake,
    storage,
    async [Symbol.asyncDispose]() {
      await storage.close?.();
      await fake[Symbol.asyncDispose]();
    },
  };
}

const CONTENT = Buffer.from('a{}'.repeat(100_000));

/** Every way to use a storage once, on the name `a.css`. */
const uses: readonly [what: string, use: (storage: Storage) => Promise<unknown>][] = [
  ['read', (storage) => storage.read('a.css')],
  ['open', async (storage) => buffer((await storage.open('a.css')) ?? Readable.from([]))],
  ['stat', (storage) => storage.stat('a.css')],
  ['write', (storage) => storage.write('a.css', CONTENT)],
  ['write a stream', (storage) => storage.write('a.css', streamed(CONTENT))],
  ['touch', (storage) => storage.touch('a.css')],
  ['remove', (storage) => storage.remove('a.css')],
  ['list', (storage) => namesIn(storage)],
];

function streamed(bytes: Buffer): { size: number; open(): Readable } {
  const half = bytes.length / 2;
  return { size: bytes.length, open: () => Readable.from([bytes.subarray(0, half), bytes.subarray(half)]) };
}

describe('a service that refuses', () => {
  const refusals: readonly [title: string, status: number, code: string, help: RegExp][] = [
    ['a wrong key', 403, 'InvalidAccessKeyId', /credentials/],
    ['a wrong secret', 403, 'SignatureDoesNotMatch', /credentials/],
    ['a token that is too old', 400, 'ExpiredToken', /credentials/],
    ['a clock that is off', 403, 'RequestTimeTooSkewed', /clock/],
    ['a missing right', 403, 'AccessDenied', /s3:GetObject/],
    ['a bucket elsewhere', 301, 'PermanentRedirect', /region/],
    ['a header it does not know', 501, 'NotImplemented', /conditionalWrites: false/],
    ['something unheard of', 400, 'TeapotError', /options of s3Storage/],
  ];
  for (const [title, status, code, help] of refusals) {
    for (const [what, use] of uses) {
      it(`${title}: ${what}`, async () => {
        await using set = await setUp({
          intercept(request, response) {
            request.resume().on('end', () => refuse(response, status, code));
            return true;
          },
        });
        const error = await use(set.storage).then(
          () => assert.fail('it is refused'),
          (cause: unknown) => cause,
        );
        assert.ok(error instanceof CompressorError);
        assert.equal(error.code, 'storage-failed');
        // Answers to HEAD have no body, and so no code.
        if (what === 'stat') assert.match(error.summary, new RegExp(`HTTP ${status}`));
        else {
          assert.match(error.summary, new RegExp(code));
          assert.match(error.help, help);
        }
        assert.equal(set.fake.requests.length, 1, 'it is not tried again');
        const everything = inspect(error, { depth: Infinity, showHidden: true });
        for (const secret of [...Object.values(FAKE_KEYS), 'to sign', 'Signature=']) {
          assert.ok(!everything.includes(secret), `${secret} in ${everything}`);
        }
      });
    }
  }

  it('because there is no such bucket', async () => {
    await using set = await setUp({}, { bucket: 'absent' });
    for (const [what, use] of uses.filter(([name]) => !['stat', 'touch', 'remove'].includes(name))) {
      await assert.rejects(use(set.storage), { code: 'storage-failed', help: /Create the bucket/ }, what);
    }
  });
});

describe('what passes', { concurrency: true }, () => {
  const troubles: readonly [title: string, trouble: (response: ServerResponse, from: number) => void][] = [
    ['SlowDown', (response) => refuse(response, 503, 'SlowDown')],
    ['429', (response) => refuse(response, 429, 'TooManyRequests')],
    ['an error of the service', (response) => refuse(response, 500, 'InternalError')],
    ['two writers at the same moment', (response) => refuse(response, 409, 'ConditionalRequestConflict')],
    ['a dropped connection', (response) => response.destroy()],
    ['a connection dropped in the middle', breakOff],
  ];
  for (const [title, trouble] of troubles) {
    for (const [what, use] of uses) {
      it(`${title}: ${what}`, async () => {
        let isReady = false;
        let refused = 0;
        await using set = await setUp({
          intercept(request, response) {
            if (!isReady || refused === 2) return false;
            refused += 1;
            request.resume();
            trouble(response, firstByte(request));
            return true;
          },
        });
        if (!what.startsWith('write')) await set.storage.write('a.css', CONTENT);
        isReady = true;
        const result = await use(set.storage);
        assert.equal(refused, 2);
        if (what === 'read' || what === 'open') assert.deepEqual(result, CONTENT);
        if (what === 'list') assert.deepEqual(result, ['a.css']);
        if (what.startsWith('write')) {
          assert.equal(result, true);
          assert.deepEqual(set.fake.objects.get('a.css')?.bytes, CONTENT);
        }
      });
    }
  }

  it('does not pass for ever', async () => {
    await using set = await setUp(
      {
        intercept(request, response) {
          request.resume();
          refuse(response, 503, 'SlowDown');
          return true;
        },
      },
      { attempts: 3 },
    );
    await assert.rejects(set.storage.read('a.css'), { help: /overloaded/ });
    assert.equal(set.fake.requests.length, 3);
  });

  it('is waited for longer and longer, and by no two servers alike', () => {
    assert.deepEqual(
      [1, 2, 3].map((attempt) => pause(attempt, 0)),
      [FIRST_PAUSE / 2, FIRST_PAUSE, FIRST_PAUSE * 2],
    );
    assert.equal(pause(1, 0.5), FIRST_PAUSE * 0.75);
    assert.equal(pause(100, 0), LONGEST_PAUSE / 2);
  });

  it('includes a clock that is off, where the service says what time it is', async () => {
    const HOUR = 3_600_000;
    await using set = await setUp({
      intercept(request, response) {
        response.setHeader('date', new Date(Date.now() + HOUR).toUTCString());
        const [, y, mo, d, h, mi, s] =
          /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(request.headers['x-amz-date'])) ?? [];
        const signed = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
        if (Math.abs(signed - Date.now() - HOUR) < HOUR / 4) return false;
        request.resume();
        refuse(response, 403, 'RequestTimeTooSkewed');
        return true;
      },
    });
    assert.equal(await set.storage.write('a.css', CONTENT), true);
  });
});

/** Sends the beginning of what was asked for. */
function breakOff(response: ServerResponse, from: number): void {
  sendFrom(response, from);
  response.write(CONTENT.subarray(from, from + 50_000), () => response.destroy());
}

function sendFrom(response: ServerResponse, from: number): void {
  const range = `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}`;
  response.writeHead(from === 0 ? 200 : 206, {
    'content-length': CONTENT.length - from,
    ...(from > 0 && { 'content-range': range }),
  });
}

function firstByte(request: IncomingMessage): number {
  return Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
}

describe('a stream out of a bucket', () => {
  it('goes on where the connection was dropped, as often as something comes', async () => {
    const ranges: unknown[] = [];
    await using set = await setUp(
      {
        intercept(request, response) {
          if (request.method !== 'GET') return false;
          ranges.push(request.headers.range);
          breakOff(response, firstByte(request));
          return true;
        },
      },
      { attempts: 2 },
    );
    const stream = await set.storage.open('a.css');
    assert.ok(stream);
    assert.deepEqual(await buffer(stream), CONTENT);
    assert.deepEqual(ranges[0], undefined);
    assert.ok(ranges.length >= CONTENT.length / 50_000);
  });

  it('ends with an error, never early', async () => {
    await using set = await setUp(
      {
        intercept(request, response) {
          if (request.headers.range === undefined) breakOff(response, 0);
          else response.destroy();
          return true;
        },
      },
      { attempts: 2 },
    );
    const stream = await set.storage.open('a.css');
    assert.ok(stream);
    await assert.rejects(buffer(stream), { code: 'storage-failed' });
  });

  it('is not put together from what a service sends that knows no ranges', async () => {
    await using set = await setUp({
      intercept(_request, response) {
        breakOff(response, 0);
        return true;
      },
    });
    const stream = await set.storage.open('a.css');
    assert.ok(stream);
    await assert.rejects(buffer(stream), { code: 'storage-failed' });
  });

  it('can be left', async () => {
    let closed = false;
    await using set = await setUp({
      intercept(_request, response) {
        response.on('close', () => {
          closed = true;
        });
        sendFrom(response, 0);
        response.write(CONTENT.subarray(0, 1000));
        return true;
      },
    });
    const stream = await set.storage.open('a.css');
    assert.ok(stream);
    stream.destroy();
    while (!closed) await new Promise(setImmediate);
  });
});

describe('a service that is not there', () => {
  it('because nothing listens', async () => {
    const server = await listen(() => {});
    await server[Symbol.asyncDispose]();
    const storage = storageOf(server.endpoint, { attempts: 2 });
    await assert.rejects(storage.read('a.css'), {
      code: 'storage-failed',
      summary: /ECONNREFUSED/,
      help: /"endpoint"/,
    });
  });

  for (const [what, use] of uses) {
    it(`because it never answers: ${what}`, async () => {
      await using server = await listen(() => {});
      const storage = storageOf(server.endpoint, { attempts: 2, timeout: 100 });
      await assert.rejects(use(storage), {
        code: 'storage-failed',
        summary: /TimeoutError/,
        help: /"endpoint"/,
      });
    });
  }

  it('because it stops in the middle of an answer', async () => {
    await using set = await setUp(
      {
        intercept(_request, response) {
          sendFrom(response, 0);
          response.write(CONTENT.subarray(0, 1000));
          return true;
        },
      },
      { attempts: 2, timeout: 100 },
    );
    await assert.rejects(set.storage.read('a.css'), { summary: /TimeoutError/ });
  });
});

describe('requests', () => {
  it('are one for each write, also of what is there', async () => {
    await using set = await setUp();
    await set.storage.write('a.css', CONTENT);
    await set.storage.write('a.css', Buffer.from('other'));
    await set.storage.write('b.css', streamed(CONTENT));
    assert.deepEqual(set.fake.requests, ['PUT a.css', 'PUT a.css', 'PUT b.css']);
    assert.deepEqual(set.fake.objects.get('a.css')?.bytes, CONTENT);
  });

  it('are two for each write where the condition is not heeded', async () => {
    await using set = await setUp({}, { conditionalWrites: false });
    await set.storage.write('a.css', CONTENT);
    await set.storage.write('a.css', Buffer.from('other'));
    assert.deepEqual(set.fake.requests, ['HEAD a.css', 'PUT a.css', 'HEAD a.css']);
  });

  it('give objects the headers of their names, and touching keeps them', async () => {
    let time = new Date('2026-01-01T00:00:00Z');
    await using set = await setUp({ now: () => time }, { prefix: 'deep/er' });
    const name = 'site.0123456789abcdef.css.br';
    await set.storage.write(name, CONTENT);
    const headers = {
      'content-type': 'text/css; charset=utf-8',
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    };
    assert.deepEqual(set.fake.objects.get(`deep/er/${name}`)?.headers, headers);
    time = new Date('2026-02-02T00:00:00Z');
    await set.storage.touch(name);
    assert.deepEqual(set.fake.objects.get(`deep/er/${name}`), { bytes: CONTENT, headers, modified: time });
    assert.deepEqual((await set.storage.stat(name))?.modified, time);
    assert.deepEqual(await set.storage.read(name), CONTENT);
  });

  it('list page after page', async () => {
    await using set = await setUp({ pageSize: 3 }, { prefix: 'p' });
    const names = Array.from({ length: 10 }, (_, index) => `releases/${index}.json`);
    for (const name of names) await set.storage.write(name, Buffer.from(name));
    assert.deepEqual(await namesIn(set.storage, 'releases/'), names);
    assert.equal(set.fake.requests.filter((request) => request.startsWith('GET ?')).length, 4);
  });

  it('know what is there although it is not listed yet', async () => {
    await using set = await setUp({ unlisted: new Set(['late.css']) });
    await set.storage.write('late.css', CONTENT);
    assert.deepEqual(await namesIn(set.storage), []);
    assert.equal((await set.storage.stat('late.css'))?.size, CONTENT.length);
    assert.equal(await set.storage.write('late.css', CONTENT), false);
  });

  it('pass over what others keep in the bucket', async () => {
    await using set = await setUp({}, { prefix: 'p' });
    const other = storageOf(set.fake.endpoint);
    await other.write('p2/a.css', CONTENT);
    await set.storage.write('a.css', CONTENT);
    assert.deepEqual(await namesIn(set.storage), ['a.css']);
  });

  it('can be made again after the storage was closed', async () => {
    await using set = await setUp();
    await set.storage.write('a.css', CONTENT);
    await set.storage.close?.();
    await set.storage.close?.();
    assert.deepEqual(await set.storage.read('a.css'), CONTENT);
  });
});
