import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { block, setUp } from './block-fixture.ts';
import { Nonces } from './nonces.ts';

const NONCE = 'mF8+q/1w==';

describe('a nonce', () => {
  const cases: readonly [name: string, markup: string, isTaken: boolean][] = [
    [
      'is taken out of elements',
      `<script nonce="${NONCE}" src="a"></script><style nonce="${NONCE}">a{}</style>`,
      true,
    ],
    ['is not there', '<script src="a"></script>', false],
    ['is short', '<script src="a" nonce="x"></script>', false],
    ['is no base64', '<script src="a" nonce="&quot;12345678"></script>', false],
    ['is text, too', `<script nonce="${NONCE}">console.log('${NONCE}')</script>`, false],
    ['is markup in text', `<script nonce="${NONCE}">document.write('<p nonce="${NONCE}">')</script>`, false],
    ['is in markup that is wrong', `<script nonce="${NONCE}">`, false],
  ];
  for (const [name, markup, isTaken] of cases) {
    it(name, () => {
      const nonced = new Nonces().takeOut(markup);
      assert.equal(nonced !== undefined, isTaken);
      if (nonced === undefined) return;
      assert.ok(!nonced.markup.includes(NONCE));
      assert.equal(nonced.fill(nonced.markup), markup);
    });
  }

  it('does not keep a block from being answered at once', async () => {
    const { renderer } = await setUp('in-request');
    const styled = (nonce: string) =>
      block(
        'css',
        `<style nonce="${nonce}">a{top:0}</style><!-- ${'x'} --><link rel="stylesheet" href="/static/a.css" nonce="${nonce}">`,
      );
    const first = await renderer.render(styled('aaaaaaaaaaaa'));
    const second = renderer.render(styled('bbbbbbbbbbbb'));
    assert.equal(second, first.replaceAll('aaaaaaaaaaaa', 'bbbbbbbbbbbb'));
    assert.equal(first.split('nonce="aaaaaaaaaaaa"').length, 3);
  });
});
