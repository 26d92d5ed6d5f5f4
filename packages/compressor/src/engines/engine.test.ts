import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseArguments } from './engine.ts';

const PLACE = { file: 'home.liquid', line: 1, column: 1 };

describe('parseArguments', () => {
  const good: readonly [words: string, kind: string, mode: string, name: string | undefined][] = [
    ['css', 'css', 'file', undefined],
    ['  js  ', 'js', 'file', undefined],
    ['css inline', 'css', 'inline', undefined],
    ['js preload', 'js', 'preload', undefined],
    ['js\tfile\nsite', 'js', 'file', 'site'],
    ['css file 2-columns_x', 'css', 'file', '2-columns_x'],
  ];
  for (const [words, kind, mode, name] of good) {
    it(JSON.stringify(words), () => assert.deepEqual(parseArguments(words, PLACE), { kind, mode, name }));
  }

  const wrong: readonly [words: string, message: string, help: RegExp][] = [
    ['', 'a block needs a kind, css or js', /css\|js/],
    ['CSS', '"CSS" is no kind of block', /css\|js/],
    ['file css', '"file" is no kind of block', /css\|js/],
    ['"css"', '""css"" is no kind of block', /css\|js/],
    ['css site', '"site" is no mode of a block', /compress css file site/],
    ['css file a/b', '"a/b" is not a name for a block', /letters, digits/],
    ['css file ../x', '"../x" is not a name for a block', /letters, digits/],
    ['css file .x', '".x" is not a name for a block', /letters, digits/],
    ['css file "x"', '""x"" is not a name for a block', /without quotes/],
    ['css file -x', '"-x" is not a name for a block', /letters, digits/],
    ['css file a b c', '"b c" follows the name of the block', /compress css\|js/],
  ];
  for (const [words, summary, help] of wrong) {
    it(`refuses ${JSON.stringify(words)}`, () => {
      assert.throws(() => parseArguments(words, PLACE), { code: 'tag-syntax', summary, help, place: PLACE });
    });
  }
});
