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
    it(JSON.stringify(words), () =>
      assert.deepEqual(parseArguments(words, PLACE), { kind, mode, name, attributes: {} }),
    );
  }

  const attributes: readonly [words: string, name: string | undefined, attributes: Record<string, string>][] =
    [
      ['js defer', undefined, { defer: '' }],
      ['css media="(width > 40em)"', undefined, { media: '(width > 40em)' }],
      [
        'js file main fetchpriority="high" crossorigin data-turbo-track=\'reload\'',
        'main',
        { fetchpriority: 'high', crossorigin: '', 'data-turbo-track': 'reload' },
      ],
      [
        'js file DEFER\tBlocking="render"\nreferrerpolicy="no-referrer"',
        undefined,
        { defer: '', blocking: 'render', referrerpolicy: 'no-referrer' },
      ],
      [
        'js data-a="" data-b data-c="a=\'b\' <c>"',
        undefined,
        { 'data-a': '', 'data-b': '', 'data-c': "a='b' <c>" },
      ],
    ];
  for (const [words, name, expected] of attributes) {
    it(JSON.stringify(words), () => {
      const { name: given, attributes: found } = parseArguments(words, PLACE);
      assert.deepEqual([given, found], [name, expected]);
    });
  }

  const wrongAttributes: readonly [words: string, message: RegExp][] = [
    ['css onload="x()"', /^"onload" is no attribute .* scripts belong into the block$/],
    ['js src="x"', /^"src" is no attribute .* the compressor writes it$/],
    ['js integrity="x"', /where the content is known$/],
    ['js file x nonce="x"', /give it to render$/],
    ['js style="x"', /known are async, blocking, crossorigin, defer, .*, data-…$/],
    ['css defer', /^"defer" means nothing for css$/],
    ['js media="print"', /^"media" means nothing for js$/],
    ['js fetchpriority="highest"', /^"fetchpriority" cannot be "highest": it takes "high", "low", "auto"$/],
    ['js fetchpriority', /cannot be ""/],
    ['js crossorigin="x"', /it takes no value, "anonymous", "use-credentials"$/],
    ['css media', /^"media" needs a value$/],
    ['js defer="1"', /it takes no value$/],
    ['js data-="x"', /^"data-" is no attribute/],
    ['js data-a"b="x"', /^"data-a"b" is no attribute/],
    ['js defer main', /^"main" is no attribute/],
    ['js data-a=b', /^"data-a=b" cannot be read$/],
    ['js data-a="b', /^"data-a="b" cannot be read$/],
    ['js data-a="b"c', /^"data-a="b"c" cannot be read$/],
    ['js data-a="1" data-a="2"', /^"data-a" is given twice$/],
    ['js data-a="{{ user }}"', /^the value of "data-a" cannot hold variables$/],
  ];
  for (const [words, summary] of wrongAttributes) {
    it(`refuses ${JSON.stringify(words)}`, () => {
      assert.throws(() => parseArguments(words, PLACE), { code: 'tag-syntax', summary, place: PLACE });
    });
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
