import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { block, setUp } from './block-fixture.ts';

describe('a block that varies from visitor to visitor', () => {
  const cases: readonly [name: string, markup: (visitor: number) => string, warnings: number][] = [
    ['is reported once', (visitor) => `<style>a{top:${visitor}px}</style>`, 1],
    ['is fine if only its nonce does', (visitor) => `<style nonce="${visitor}">a{top:0}</style>`, 0],
    ['is fine with a few variants', (visitor) => `<style>a{top:${visitor % 99}px}</style>`, 0],
  ];
  for (const [name, markup, warnings] of cases) {
    it(name, async () => {
      const { renderer, messages } = await setUp('in-request');
      for (let visitor = 0; visitor < 150; visitor += 1) await renderer.render(block('css', markup(visitor)));
      assert.equal(messages.length, warnings, messages.join());
      if (warnings > 0)
        assert.match(messages[0] ?? '', /^home\.liquid:4:1: this block has become 100 different bundles/);
    });
  }
});
