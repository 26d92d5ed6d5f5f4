import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../tree/random-fixture.ts';
import { MAX_ALT, MAX_FILE_NAME } from './limits.ts';
import { checkAlt, checkName, extensionOf, searchText, shownName } from './names.ts';

describe('the name of a file that was sent', () => {
  const names: readonly [sent: string, shown: string][] = [
    ['boat.png', 'boat.png'],
    ['Größe · 第二版.pdf', 'Größe · 第二版.pdf'],
    ['A\u030a.png', '\u00c5.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\boat.png', 'boat.png'],
    ['a/b\\c.png', 'c.png'],
    ['/', ''],
    ['..', ''],
    ['.htaccess', 'htaccess'],
    ['boat.png.', 'boat.png'],
    [' a \t b .png', 'a b .png'],
    ['boat\0.png', 'boat .png'],
    ['a\r\nset-cookie: b.png', 'a set-cookie: b.png'],
    ['evil\u202egnp.exe', 'evil gnp.exe'],
    ['half\ud800.png', 'half .png'],
    ['family \u{1f468}\u200d\u{1f469}.png', 'family \u{1f468}\u200d\u{1f469}.png'],
    ['', ''],
    [`${'x'.repeat(300)}.png`, `${'x'.repeat(MAX_FILE_NAME - 4)}.png`],
    [`${'.'.repeat(2_000_000)}boat.png`, 'boat.png'],
    [`boat.png${'. '.repeat(2_000)}`, 'boat.png'],
    ['ab'.repeat(2_000_000), 'ab'.repeat(MAX_FILE_NAME / 2)],
    ['\u{1f600}'.repeat(300), '\u{1f600}'.repeat(MAX_FILE_NAME)],
  ];
  for (const [sent, shown] of names) {
    it(`${JSON.stringify(sent.slice(0, 40))} is shown as ${JSON.stringify(shown.slice(0, 40))}`, () => {
      assert.equal(shownName(sent), shown);
    });
  }

  it('is never a path, whatever it was', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 250 }), (sent) => {
      const shown = shownName(sent);
      assert.doesNotMatch(shown, /[/\\\p{Cc}\p{Cs}]|^\.|\.$/u);
      assert.ok(Array.from(shown).length <= MAX_FILE_NAME);
      assert.equal(shownName(shown), shown);
    });
    fc.assert(property, { seed: SEED });
  });

  const extensions: readonly [name: string, extension: string | undefined][] = [
    ['a.PNG', '.png'],
    ['a.tar.gz', '.gz'],
    ['png', undefined],
    ['a.', undefined],
    ['Dr. Smith', undefined],
    ['a.abcdefghijk', undefined],
  ];
  for (const [name, extension] of extensions) {
    it(`${name} ends with ${extension}`, () => assert.equal(extensionOf(name), extension));
  }
});

describe('a text of a person', () => {
  it('may be as long as the limit, in characters', () => {
    assert.deepEqual(checkAlt('\u{1f600}'.repeat(MAX_ALT)), { ok: true, text: '\u{1f600}'.repeat(MAX_ALT) });
    const alt = checkAlt('x'.repeat(MAX_ALT + 1));
    assert.ok(!alt.ok && alt.refusal.code === 'text-too-long' && alt.refusal.field === 'alt');
    assert.equal(checkName('x'.repeat(MAX_FILE_NAME)).ok, true);
    const name = checkName('x'.repeat(MAX_FILE_NAME + 1));
    assert.ok(!name.ok && name.refusal.code === 'text-too-long' && name.refusal.field === 'name');
  });

  it('may be empty in the place of a picture, and not as a name', () => {
    assert.deepEqual(checkAlt(' \n '), { ok: true, text: '' });
    for (const name of ['', ' ', '...', '/']) {
      const checked = checkName(name);
      assert.equal(!checked.ok && checked.refusal.code, 'name-empty');
    }
  });

  it('is searched for without regard to capitals and forms of letters', () => {
    assert.equal(searchText('ÅRHUS \ufb01sh', 'A\0b'), 'århus fish a b');
    assert.equal(searchText('A\u030arhus'), searchText('\u00c5rhus'));
  });
});
