import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { CompressorError } from '@widgy/compressor';
import { WidgyError } from '../errors.ts';
import { explainFailure } from './explain-failure.ts';

describe('what kept a server from starting', () => {
  const taken = (port: number) =>
    Object.assign(new Error(`listen EADDRINUSE: address already in use :::${port}`), {
      ...{ code: 'EADDRINUSE', port },
    });
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const unreachable = (message: string) =>
    new WidgyError('database-unreachable', { message, help: 'Start it.', cause: refused });

  const cases: readonly [what: string, error: unknown, text: string][] = [
    ['a port that is taken', taken(3000), 'Port 3000 is taken. Take another one: PORT=3001 npm start'],
    ['the last port', taken(65_535), 'Port 65535 is taken. Take another one: PORT=65534 npm start'],
    [
      'a mistake in the environment',
      new WidgyError('environment-invalid', { message: 'BASE_URL is missing', help: 'Set it.' }),
      'BASE_URL is missing [environment-invalid]\nSet it.',
    ],
    [
      'a manifest that is missing',
      new CompressorError('manifest-missing', { message: 'there is no manifest', help: 'Compress.' }),
      'there is no manifest [manifest-missing]\nCompress.',
    ],
    [
      'a reason that the system gave',
      unreachable('the database cannot be reached'),
      'the database cannot be reached [database-unreachable]\nStart it.\n\nconnect ECONNREFUSED',
    ],
    [
      'a reason that is told already',
      unreachable('the database said: connect ECONNREFUSED'),
      'the database said: connect ECONNREFUSED [database-unreachable]\nStart it.',
    ],
  ];
  for (const [what, error, text] of cases)
    it(`is told for ${what}`, () => assert.equal(explainFailure(error), text));

  it('is told with the place where code of the site failed', () => {
    const cause = new TypeError('boats is not a function');
    const error = new WidgyError('config-invalid', { message: 'site failed', cause });
    assert.equal(explainFailure(error), `${error.message}\n\n${cause.stack}`);
  });

  for (const error of [
    new TypeError('boats is not a function'),
    'boats',
    undefined,
    null,
    { code: 'EADDRINUSE' },
  ])
    it(`is left to Node where it is ${String(error)}`, () => assert.equal(explainFailure(error), undefined));
});

describe('a program that begins with widgy/explain', () => {
  const start = (code: string) => {
    const program = `import '${import.meta.resolve('./explain.ts')}';\n${code}`;
    return spawnSync(
      process.execPath,
      ['--conditions=widgy-source', '--input-type=module-typescript', '--eval', program],
      { encoding: 'utf8' },
    );
  };

  it('prints nothing but what is to be done, and ends with status 1', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      }),
    );
    const { status, stdout, stderr } = start(
      `import { createServer } from 'node:http';
      const server = createServer();
      await new Promise((resolve, reject) => server.on('error', reject).listen(${port}, '127.0.0.1', resolve));`,
    );
    server.close();
    assert.deepEqual(
      [status, stdout, stderr],
      [1, '', `${explainFailure(Object.assign(new Error(), { code: 'EADDRINUSE', port }))}\n`],
    );
  });

  it('leaves all else as it is', () => {
    const { status, stderr } = start(`throw new TypeError('boats is not a function');`);
    assert.equal(status, 1);
    assert.match(stderr, /TypeError: boats is not a function\n {4}at .*\n[\s\S]*Node\.js v/);
  });
});
