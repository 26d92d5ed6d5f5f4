import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { WidgyError } from '../errors.ts';
import { checkEnvironment, readEnvironment } from './environment.ts';
import { widgyEnvironment } from './widgy-environment.ts';

const SECRET = 'k7Jd-Qm2x9vB4nT1wZ8yLr5uEa3cHs6p';
const production = { NODE_ENV: 'production', BASE_URL: 'https://example.org', WIDGY_SECRET: SECRET };

describe('the environment', () => {
  it('is enough when it is empty, to develop', () => {
    assert.deepEqual(readEnvironment(widgyEnvironment, {}), {
      ...{ NODE_ENV: 'development', DATABASE_URL: 'sqlite:data/site.db', PORT: 3000, HOST: '127.0.0.1' },
      ...{ BASE_URL: undefined, WIDGY_SECRET: undefined, MAIL_FROM: undefined, LOG_LEVEL: 'info' },
      MAIL_URL: { kind: 'folder', path: 'data/mail' },
      MEDIA_URL: { kind: 'folder', path: 'data/media' },
      TRUST_PROXY: false,
    });
  });

  it('is read with its types', () => {
    const { PORT, BASE_URL, WIDGY_SECRET } = readEnvironment(widgyEnvironment, {
      ...production,
      ...{ PORT: ' 80\n', BASE_URL: 'https://Example.org/', HOST: '' },
    });
    const port: number = PORT;
    assert.deepEqual([port, BASE_URL, WIDGY_SECRET], [80, 'https://example.org', SECRET]);
  });

  it('is refused with all that is wrong at once, without any value', () => {
    const given = {
      ...{ NODE_ENV: 'production', PORT: 'hunter2', DATABASE_URL: 'mysql://me:hunter2@db/x' },
      ...{ WIDGY_SECRET: 'hunter2', LOG_LEVEL: 'hunter2', TRUST_PROXY: 'true', WIDGY_SECRTE: 'hunter2' },
      ...{ WIDGY_SOMETHING_ELSE: 'hunter2', OTHER: 'hunter2', MAIL_URL: 'http://me:hunter2@x' },
      ...{ MEDIA_URL: 's3://me:hunter2@bucket', MAIL_FROM: 'hunter2', HOST: 'hunter2:80' },
    };
    assert.throws(
      () => readEnvironment(widgyEnvironment, given),
      (error) => {
        assert.ok(error instanceof WidgyError && error.code === 'environment-invalid');
        assert.doesNotMatch(JSON.stringify(error) + error.message + error.stack, /hunter2/);
        assert.deepEqual(
          error.summary.split('\n').map((line) => line.split(/[ :]/, 1)[0]),
          [
            ...['DATABASE_URL', 'PORT', 'HOST', 'BASE_URL', 'WIDGY_SECRET', 'MAIL_URL', 'MAIL_FROM'],
            ...['MEDIA_URL', 'LOG_LEVEL', 'TRUST_PROXY', 'WIDGY_SECRTE', 'WIDGY_SOMETHING_ELSE'],
          ],
        );
        assert.match(error.summary, /^PORT must be a whole number from 0 to 65535\. Example: 3000$/m);
        assert.match(error.summary, /^BASE_URL is missing in production: the address .*\. Example: https:/m);
        assert.match(
          error.summary,
          /^WIDGY_SECRTE is no variable of Widgy\. Did you mean "WIDGY_SECRET"\?$/m,
        );
        return true;
      },
    );
  });

  it('has the variables of a site beside those of Widgy', () => {
    const schema = {
      ...widgyEnvironment,
      WIDGY_SHOP_KEY: {
        about: 'the key of the shop',
        example: 'abc',
        needed: 'always',
        schema: z.string().min(3, 'must have 3 characters').optional(),
      },
    } as const;
    assert.equal(readEnvironment(schema, { WIDGY_SHOP_KEY: 'abc' }).WIDGY_SHOP_KEY, 'abc');
    assert.deepEqual(checkEnvironment(schema, {}).faults, [
      {
        ...{ code: 'missing', name: 'WIDGY_SHOP_KEY' },
        what: 'WIDGY_SHOP_KEY is missing: the key of the shop. Example: abc',
      },
    ]);
    assert.deepEqual(checkEnvironment(schema, { WIDGY_SHOP_KEY: 'ab' }).faults, [
      { code: 'wrong', name: 'WIDGY_SHOP_KEY', what: 'WIDGY_SHOP_KEY must have 3 characters. Example: abc' },
    ]);
  });

  it('has no variables that only a prototype has', () => {
    const given = Object.assign(Object.create({ PORT: 'x', WIDGY_X: 'x' }), { HOST: '::1' });
    assert.equal(readEnvironment(widgyEnvironment, given).HOST, '::1');
  });

  /** A variable, values that are taken with what is made of them, and values that are refused. */
  const cases: readonly [
    name: keyof typeof widgyEnvironment,
    right: readonly (readonly [given: string, value: unknown])[],
    wrong: readonly string[],
  ][] = [
    [
      'PORT',
      [
        ['0', 0],
        ['65535', 65535],
      ],
      ['65536', '-1', '1.5', '1e3', '0x10', '80 81'],
    ],
    [
      'HOST',
      ['0.0.0.0', '::', 'localhost', 'a.example'].map((host) => [host, host]),
      ['http://a', 'a:80', 'a/b', '-a', 'a b'],
    ],
    [
      'DATABASE_URL',
      ['sqlite:data/site.db', 'data/site.db', ':memory:', 'postgres://me:p@h/x', 'postgresql://h/x'].map(
        (url) => [url, url],
      ),
      ['mysql://h/x', 'postgres://me:p@[/x', 'http://h', 'sqlite:'],
    ],
    [
      'BASE_URL',
      [
        ['https://example.org', 'https://example.org'],
        ['http://localhost:3000/', 'http://localhost:3000'],
      ],
      [
        'example.org',
        'https://example.org/a',
        'https://me:p@example.org',
        'ftp://x',
        'https://',
        'javascript:1',
      ],
    ],
    [
      'WIDGY_SECRET',
      [
        ['x'.repeat(32), 'x'.repeat(32)],
        ['é'.repeat(16), 'é'.repeat(16)],
      ],
      ['x'.repeat(31), 'é'.repeat(15)],
    ],
    [
      'MAIL_URL',
      [
        ['smtps://u:p@mail.example:465', { kind: 'smtp', url: 'smtps://u:p@mail.example:465' }],
        ['folder:data/mail', { kind: 'folder', path: 'data/mail' }],
      ],
      ['mail.example', 'http://mail.example', 'smtp://', 'folder:'],
    ],
    [
      'MEDIA_URL',
      [
        ['folder:/srv/media', { kind: 'folder', path: '/srv/media' }],
        [
          's3://bucket',
          {
            ...{ kind: 's3', bucket: 'bucket', prefix: undefined, region: undefined, endpoint: undefined },
            pathStyle: false,
          },
        ],
        [
          's3://bucket/a/b/?region=eu&endpoint=http://127.0.0.1:9000&pathStyle=true',
          {
            ...{ kind: 's3', bucket: 'bucket', prefix: 'a/b', region: 'eu' },
            ...{ endpoint: 'http://127.0.0.1:9000', pathStyle: true },
          },
        ],
      ],
      [
        ...['/srv/media', 's3:bucket', 's3://', 's3://bucket?key=x', 's3://bucket?region=', 'https://bucket'],
        ...['s3://bucket?pathStyle=1', 's3://bucket?region=a&region=b', 's3://bucket?endpoint=ftp://x'],
      ],
    ],
    [
      'TRUST_PROXY',
      [
        ['false', false],
        ['0', false],
        ['2', 2],
        ['10.0.0.0/8, ::1,loopback', ['10.0.0.0/8', '::1', 'loopback']],
      ],
      ['true', '*', '100', '10.0.0.0/33', '10.0.0/8', '::1/129', '10.0.0.1/8/8', 'proxy.example'],
    ],
    ['LOG_LEVEL', [['debug', 'debug']], ['verbose', 'INFO']],
    ['NODE_ENV', [['test', 'test']], ['prod', 'staging']],
    ['MAIL_FROM', [['a@example.org', 'a@example.org']], ['a', 'a@b\nBcc: c@d.example']],
  ];
  for (const [name, right, wrong] of cases) {
    it(`takes and refuses ${name}`, () => {
      for (const [given, value] of right) {
        const { values, faults } = checkEnvironment(widgyEnvironment, { [name]: given });
        const own = faults.filter((fault) => fault.name === name);
        assert.deepEqual([own, values[name]], [[], value], given);
      }
      for (const given of wrong) {
        const { faults } = checkEnvironment(widgyEnvironment, { [name]: given });
        assert.deepEqual(
          faults.map((fault) => [fault.code, fault.name]),
          [['wrong', name]],
          given,
        );
      }
    });
  }
});
