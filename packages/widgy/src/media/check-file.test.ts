import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFile } from './check-file.ts';
import { documentTypes, type FileType, pictureTypes } from './file-types.ts';
import { animation, pdf, picture } from './media-fixture.ts';

const taken = [...pictureTypes, ...documentTypes];
const check = (bytes: Uint8Array, name: string, type?: string, types: readonly FileType[] = taken) => {
  const checked = checkFile({ bytes, name, type }, types);
  return checked.ok ? checked.type.type : checked.refusal;
};
const text = (content: string) => Buffer.from(content, 'latin1');

const png = await picture('png');
const jpeg = await picture('jpeg');
const webp = await picture('webp');
const gif = await picture('gif');
const moving = await animation('gif', 2);
const avif = await picture('avif');
const tiff = await picture('tiff');

describe('a file', () => {
  const good: readonly [bytes: Uint8Array, name: string, type: string | undefined, found: string][] = [
    [png, 'a.png', 'image/png', 'image/png'],
    [png, 'a', undefined, 'image/png'],
    [png, '', '', 'image/png'],
    [png, 'a.PNG', 'application/octet-stream', 'image/png'],
    [png, 'Dr. Smith', 'image/x-png', 'image/png'],
    [png, 'a.png', 'nonsense', 'image/png'],
    [jpeg, 'a.jpeg', 'IMAGE/JPEG; charset=binary', 'image/jpeg'],
    [jpeg, 'a.jpg', 'image/pjpeg', 'image/jpeg'],
    [webp, 'a.webp', 'image/webp', 'image/webp'],
    [gif, 'a.gif', 'image/gif', 'image/gif'],
    [moving, 'a.gif', 'image/gif', 'image/gif'],
    [avif, 'a.avif', 'image/avif', 'image/avif'],
    [pdf, 'a.pdf', 'application/pdf', 'application/pdf'],
  ];
  for (const [bytes, name, type, found] of good) {
    it(`called ${JSON.stringify(name)}, sent as ${type}, is ${found}`, () => {
      assert.equal(check(bytes, name, type), found);
    });
  }

  const html = text('<!DOCTYPE html><script>alert(1)</script>');
  const svg = text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const zip = Buffer.alloc(10 * 1024 * 1024);
  zip.write('PK\x03\x04', 'latin1');
  const unwanted: readonly [
    bytes: Uint8Array,
    name: string,
    type: string | undefined,
    found: string | null,
    says: RegExp,
  ][] = [
    [
      html,
      'cat.png',
      'image/png',
      'text/html',
      /is text\/html and says to be image\/png\. Send one of these: \.jpg, /,
    ],
    [html, 'cat.png', undefined, 'text/html', /is text\/html and says to be image\/png/],
    [text('\n\n<script>alert(1)</script>'), 'a.gif', '', 'text/html', /says to be image\/gif/],
    [svg, 'a.svg', 'image/svg+xml', 'image/svg+xml', /is image\/svg\+xml\. An SVG may hold scripts/],
    [svg, 'a.png', 'image/png', 'image/svg+xml', /says to be image\/png\. An SVG may hold scripts/],
    [text('\xef\xbb\xbf<!-- x --><svg>'), 'a.svg', undefined, 'image/svg+xml', /scripts/],
    [zip, 'photos.zip', 'application/zip', 'application/zip', /is application\/zip\. Send/],
    [zip, 'a.pdf', 'application/pdf', 'application/zip', /says to be application\/pdf/],
    [text('\x1f\x8b\x08\0'), 'a.svgz', undefined, 'application/gzip', /gzip/],
    [
      text('\0\0\0\x18ftypheic\0\0\0\0mif1'),
      'IMG_1.HEIC',
      'image/heic',
      'image/heic',
      /Export the picture as JPEG/,
    ],
    [tiff, 'a.tiff', 'image/tiff', 'image/tiff', /tiff/],
    [text('MZ\x90\0'), 'a.exe', undefined, null, /^The file is of no known kind\. Send/],
    [text('%pdf-1.7'), 'a.pdf', undefined, null, /of no known kind and says to be application\/pdf/],
    [text('alert(1)'), 'a.js', 'text/javascript', null, /says to be text\/javascript/],
    [text('x'), 'a.png', '"><script>/x', null, /says to be image\/png\./],
  ];
  for (const [bytes, name, type, found, says] of unwanted) {
    it(`called ${name}, sent as ${type}, is refused as ${found}`, () => {
      const refusal = check(bytes, name, type);
      assert.ok(typeof refusal !== 'string' && refusal.code === 'type-refused');
      assert.equal(refusal.found, found);
      assert.match(refusal.what, says);
      assert.deepEqual(refusal.allowed, [
        ...['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'],
        'application/pdf',
      ]);
    });
  }

  const liars: readonly [
    bytes: Uint8Array,
    name: string,
    type: string | undefined,
    declared: string,
    found: string,
  ][] = [
    [png, 'a.pdf', undefined, '.pdf', 'image/png'],
    [png, 'a.pdf', 'application/pdf', '.pdf', 'image/png'],
    [png, 'a.png', 'application/pdf', 'application/pdf', 'image/png'],
    [png, 'a.jpg', 'image/png', '.jpg', 'image/png'],
    [png, 'a.png.exe', 'image/png', '.exe', 'image/png'],
    [jpeg, 'a', 'image/png', 'image/png', 'image/jpeg'],
    [pdf, 'a.html', 'application/pdf', '.html', 'application/pdf'],
    [pdf, 'a.pdf', 'text/html', 'text/html', 'application/pdf'],
  ];
  for (const [bytes, name, type, declared, found] of liars) {
    it(`called ${name}, sent as ${type}, lies`, () => {
      const refusal = check(bytes, name, type);
      assert.ok(typeof refusal !== 'string' && refusal.code === 'type-mismatch');
      assert.deepEqual([refusal.declared, refusal.found], [declared, found]);
      assert.ok(refusal.what.includes(declared) && refusal.what.includes(found));
    });
  }

  it('that is empty is refused', () => {
    const refusal = check(Buffer.alloc(0), 'a.png', 'image/png');
    assert.ok(typeof refusal !== 'string' && refusal.code === 'empty');
  });

  it('of a type that the site added is taken as that, though others know it by another name', () => {
    const docx: FileType = {
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      extensions: ['docx'],
      isOne: (bytes) => Buffer.from(bytes).includes('word/document.xml'),
    };
    const bytes = text('PK\x03\x04........word/document.xml');
    assert.equal(check(bytes, 'a.docx', docx.type, [...taken, docx]), docx.type);
    const other = check(zip, 'a.docx', undefined, [...taken, docx]);
    assert.ok(typeof other !== 'string' && other.code === 'type-refused');
  });

  it('is what its own bytes say, where they are a part of others', () => {
    const around = Buffer.concat([text('<svg>'), png, text('<svg>')]);
    assert.equal(check(around.subarray(5, 5 + png.length), 'a.png'), 'image/png');
  });
});
