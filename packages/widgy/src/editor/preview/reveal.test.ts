import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wayToAll, wayToSome } from './reveal.ts';

const HEIGHT = 900;

describe('the way to a widget on the page', () => {
  it('is none where some of it is seen, and else brings its beginning to the upper third', () => {
    const cases: readonly [top: number, bottom: number, way: number][] = [
      [0, 900, 0],
      [836, 1_400, 0],
      [837, 1_400, 537],
      [-600, 64, 0],
      [-600, 63, -900],
      [880, 890, 0],
      [901, 911, 601],
    ];
    for (const [top, bottom, way] of cases)
      assert.equal(wayToSome({ top, bottom }, HEIGHT), way, `${top} ${bottom}`);
  });

  it('to all of it is none where all is seen with what stands around it, and the shortest one else', () => {
    const cases: readonly [top: number, bottom: number, way: number][] = [
      [48, 852, 0],
      [300, 852, 0],
      [300, 853, 1],
      [800, 1_000, 148],
      [47, 200, -1],
      [-500, -300, -548],
      // What is too high is shown from its beginning.
      [100, 2_000, 52],
      [-100, 2_000, -148],
    ];
    for (const [top, bottom, way] of cases)
      assert.equal(wayToAll({ top, bottom }, HEIGHT), way, `${top} ${bottom}`);
  });
});
