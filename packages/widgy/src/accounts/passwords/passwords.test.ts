import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCode } from '../../database/contract/fixtures.ts';
import { cheapHasher, GOOD_PASSWORD } from '../accounts-fixture.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../limits.ts';
import { checkPassword } from './check-password.ts';
import { createPasswordHasher, HASH_PARAMETERS } from './hasher.ts';
import { ONE_TIME_PASSWORD_BITS, oneTimePassword } from './one-time-password.ts';

describe('checkPassword', () => {
  const ann = { email: 'ann.lee@example.org', siteName: 'Old Harbour' };
  const refused: readonly [password: string, message: RegExp][] = [
    ['', /at least 12/],
    ['x'.repeat(MIN_PASSWORD_LENGTH - 1), /at least 12/],
    ['\u{1f600}'.repeat(MIN_PASSWORD_LENGTH - 1), /at least 12/],
    ['kelp and driftwood '.repeat(20), /at most 256/],
    ['x'.repeat(10_000_000), /at most 256/],
    ['broken \ud800 surrogates', /broken/],
    ['my Ann.Lee password', /e-mail address/],
    ['ANNLEE-is-my-name', /e-mail address/],
    ['i love old_harbour', /name of the site/],
    ['aaaaaaaaaaaaaa', /first that people try/],
    ['abababababababab', /first that people try/],
    ['123456789012', /first that people try/],
    ['098765432109876', /first that people try/],
    ['abcdefghijklmnop', /first that people try/],
    ['qwertyuiopqwerty', /first that people try/],
    ['1q2w3e4r5t6y', /first that people try/],
    ['Password123!', /first that people try/],
    ['P@ssw0rd2026!', /first that people try/],
    ['passwordpassword', /first that people try/],
    ['iloveyou-12345', /first that people try/],
    ['Welcome!Admin!2026', /first that people try/],
    ['ｐａｓｓｗｏｒｄ１２３４', /first that people try/],
  ];
  for (const [password, message] of refused) {
    it(`refuses ${JSON.stringify(password.slice(0, 30))}`, () => {
      const fault = checkPassword(password, ann);
      assert.equal(fault?.field, 'password');
      assert.match(fault?.message ?? '', message);
    });
  }

  const accepted = [
    GOOD_PASSWORD,
    'tr0ub4dor-and-3',
    'correct horse battery',
    'passwords are for otters',
    'ünïcödé-pässwörd-ñ',
    'x7k2-9mnp-qrst-vwyz-0123',
    '多多益善的密码是很长的一句话',
    'zq'.repeat(10).concat('kelp'),
    'has \0 inside it, oddly',
    'long and dull '.repeat(18),
  ];
  for (const password of accepted) {
    it(`takes ${JSON.stringify(password.slice(0, 30))}`, () => {
      assert.equal(checkPassword(password, ann), undefined);
    });
  }

  it('takes every length from the shortest to the longest', () => {
    for (const length of [MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH]) {
      const password = GOOD_PASSWORD.repeat(20).slice(0, length);
      assert.equal(checkPassword(password, ann), undefined, `${length}`);
    }
  });

  it('does not mind short names in it', () => {
    const short = { email: 'al@example.org', siteName: 'Sea' };
    assert.equal(checkPassword('always by the sea, always', short), undefined);
    assert.equal(checkPassword(GOOD_PASSWORD, { email: '', siteName: '' }), undefined);
  });
});

describe('oneTimePassword', () => {
  it('is random, readable and good enough to be kept', () => {
    const passwords = Array.from({ length: 50 }, oneTimePassword);
    assert.equal(new Set(passwords).size, passwords.length);
    assert.ok(ONE_TIME_PASSWORD_BITS >= 80, `${ONE_TIME_PASSWORD_BITS}`);
    for (const password of passwords)
      assert.match(password, /^([0-9a-hjkmnp-tv-z]{4}-){4}[0-9a-hjkmnp-tv-z]{4}$/);
  });
});

describe('createPasswordHasher', () => {
  it('makes Argon2id hashes with the parameters that OWASP recommends', async () => {
    assert.deepEqual(HASH_PARAMETERS, { memory: 19 * 1024, passes: 2, lanes: 1 });
    const hasher = createPasswordHasher();
    const hash = await hasher.hash(GOOD_PASSWORD);
    assert.match(hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await hasher.verify(hash, GOOD_PASSWORD), true);
    assert.equal(await hasher.verify(hash, `${GOOD_PASSWORD} `), false);
    assert.equal(await hasher.verify(undefined, GOOD_PASSWORD), false);
  });

  const same: readonly [string, string, boolean][] = [
    ['caf\u00e9 on the quay', 'cafe\u0301 on the quay', true],
    ['\uff4f\uff54\uff54\uff45\uff52s', 'otters', true],
    ['Otters', 'otters', false],
    ['a\0b', 'a\0c', false],
    ['a\0b', 'a', false],
  ];
  it('compares as people type', async () => {
    const hasher = cheapHasher();
    for (const [one, other, isSame] of same) {
      assert.equal(await hasher.verify(await hasher.hash(one), other), isSame, JSON.stringify([one, other]));
    }
  });

  it('knows hashes of other parameters, and verifies them', async () => {
    const [old, hasher] = [cheapHasher(1), cheapHasher(2)];
    const hash = (await old.hash('x')) ?? '';
    assert.deepEqual([old.isOutdated(hash), hasher.isOutdated(hash)], [false, true]);
    assert.equal(await hasher.verify(hash, 'x'), true);
  });

  it('says when a hash is damaged', async () => {
    const hasher = cheapHasher();
    for (const damaged of ['', 'plain', '$argon2id$v=19$m=8,t=1,p=1$x']) {
      await assert.rejects(hasher.verify(damaged, 'x'), withCode('stored-invalid'));
      assert.throws(() => hasher.isOutdated(damaged), withCode('stored-invalid'));
    }
    assert.equal(await hasher.verify(await hasher.hash('x'), 'x'), true);
  });

  it('works on so many at once, lets so many wait, and is busy with more', async () => {
    const hasher = createPasswordHasher({
      parameters: { memory: 8, passes: 1, lanes: 1 },
      atOnce: 2,
      waiting: 3,
    });
    const asked = await Promise.all(Array.from({ length: 8 }, () => hasher.hash('x')));
    assert.deepEqual(
      asked.map((hash) => hash === undefined),
      [false, false, false, false, false, true, true, true],
    );
    assert.notEqual(await hasher.hash('x'), undefined, 'it is free again');
  });
});
