import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isStorageName } from '@widgy/compressor';
import { objectName, parseMediaPath, parseObjectName, renditionFile } from './object-name.ts';

const hash = '0123456789abcdef'.repeat(4);

describe('a name of stored media', () => {
  const names: readonly [file: string, digest: string][] = [
    ['original.jpg', hash],
    ['document.pdf', hash],
    ['400-00112233445566ff.webp', '00112233445566ff'],
    [renditionFile(1600, 'f'.repeat(64), 'webp'), 'f'.repeat(16)],
  ];
  for (const [file, digest] of names) {
    it(`may end with ${file}`, () => {
      const name = objectName({ hash, file });
      assert.ok(isStorageName(name));
      const parsed = parseObjectName(name);
      assert.deepEqual(parsed, { hash, file, extension: file.split('.')[1], digest });
      assert.deepEqual(parseMediaPath(`${hash}/${file}`), parsed);
    });
  }

  const paths = [
    '',
    hash,
    `${hash}/`,
    `${hash}/other.jpg`,
    `${hash}/original`,
    `${hash}/original.JPG`,
    `${hash}/original.jpg/`,
    `${hash}/original.jpg\n`,
    `${hash}/original.jpg\0`,
    `${hash}/original.jpg?x`,
    `${hash}/original.jpg%00`,
    `${hash}//original.jpg`,
    `/${hash}/original.jpg`,
    `./${hash}/original.jpg`,
    `${hash}/../${hash}/original.jpg`,
    `${hash}/..%2foriginal.jpg`,
    `${hash.toUpperCase()}/original.jpg`,
    `${hash.slice(1)}/original.jpg`,
    `${hash}/0-00112233445566ff.webp`,
    `${hash}/400-00112233445566f.webp`,
    `${hash}/400.webp`,
    '../../etc/passwd',
    '..\\..\\etc\\passwd',
    'constructor',
  ];
  for (const path of paths) {
    it(`is not ${JSON.stringify(path)}`, () => {
      assert.equal(parseMediaPath(path), undefined);
      assert.equal(parseObjectName(`media/${path}`), undefined);
    });
  }

  it('stands nowhere else', () => {
    assert.equal(parseObjectName(`${hash}/original.jpg`), undefined);
    assert.equal(parseObjectName(`assets/${hash}/original.jpg`), undefined);
  });
});
