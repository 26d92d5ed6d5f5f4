import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isReadableUnderWhite } from './contrast.ts';
import { settings } from './settings.ts';

describe('the colour of the brand', () => {
  const colours: readonly [colour: string, isReadable: boolean][] = [
    ['#b23f26', true],
    ['#B23F26', true],
    ['#000000', true],
    ['#767676', true],
    ['#777777', false],
    ['#ffff00', false],
    ['#ffffff', false],
  ];
  for (const [colour, isReadable] of colours) {
    it(`${colour} ${isReadable ? 'may' : 'may not'} be it`, () => {
      assert.equal(isReadableUnderWhite(colour), isReadable);
      const schema = settings.all.get('site.colour')?.setting.schema;
      assert.equal(schema?.safeParse(colour).success, isReadable);
    });
  }
});
