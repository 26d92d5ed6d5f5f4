import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseMarkup } from './markup.ts';

/** Each piece as `type:markup`, to compare at a glance. */
function cut(markup: string): string[] {
  return parseMarkup(markup).map((piece) => `${piece.type}:${piece.markup}`);
}

describe('parseMarkup', () => {
  const cases: readonly [name: string, markup: string, pieces: readonly string[]][] = [
    ['nothing', '', []],
    ['only space', ' \n\t', ['space: \n\t']],
    [
      'elements and the space between them',
      '<link href="a">\n<script>1</script>',
      ['element:<link href="a">', 'space:\n', 'element:<script>1</script>'],
    ],
    ['a link with a slash', '<link href="a" /><link>', ['element:<link href="a" />', 'element:<link>']],
    ['text', 'a <link> b', ['other:a ', 'element:<link>', 'other: b']],
    ['a comment', '<!-- <link> --><link>', ['other:<!-- <link> -->', 'element:<link>']],
    [
      'a conditional comment',
      '<!--[if IE]><script src="a"></script><![endif]-->',
      ['other:<!--[if IE]><script src="a"></script><![endif]-->'],
    ],
    [
      'a comment that a browser ends at once',
      '<!--><link>-->',
      ['other:<!-->', 'element:<link>', 'other:-->'],
    ],
    ['a comment never closed', '<link><!-- <link>', ['element:<link>', 'other:<!-- <link>']],
    ['nested elements', '<noscript><link></noscript>', ['element:<noscript><link></noscript>']],
    ['an element never closed', '<link><div><link>', ['element:<link>', 'other:<div><link>']],
    ['end tags of nothing', '</div><link></script>', ['other:</div>', 'element:<link>', 'other:</script>']],
    ['upper case', '<SCRIPT>1</SCRIPT>', ['element:<SCRIPT>1</SCRIPT>']],
    [
      'spaces in the end tag',
      '<script>1</script\n ><link>',
      ['element:<script>1</script\n >', 'element:<link>'],
    ],
    [
      'an end tag of another name in a script',
      '<script>"</style>"</script>',
      ['element:<script>"</style>"</script>'],
    ],
    ['a longer end tag in a script', '<script></scripts></script>', ['element:<script></scripts></script>']],
    ['a script in a textarea', '<textarea><script></textarea>', ['element:<textarea><script></textarea>']],
    [
      'a doctype and an instruction',
      '<!DOCTYPE html><?x?><link>',
      ['other:<!DOCTYPE html><?x?>', 'element:<link>'],
    ],
    ['an angle bracket in a value', '<link title="a>b">', ['element:<link title="a>b">']],
    [
      'a script that browsers do not end where it seems to end',
      '<link><script><!-- <script> </script> --></script><link>',
      ['element:<link>', 'other:<script><!-- <script> </script> --></script><link>'],
    ],
    [
      'a script with a closed comment',
      '<script><!-- <script> -->1</script><link>',
      ['element:<script><!-- <script> -->1</script>', 'element:<link>'],
    ],
    [
      'a script with an empty comment',
      '<script><!--> "<script>"</script>',
      ['element:<script><!--> "<script>"</script>'],
    ],
  ];
  for (const [name, markup, pieces] of cases) {
    it(`cuts ${name}`, () => assert.deepEqual(cut(markup), pieces));
  }

  it('gives names lower-case, values with entities decoded, and the first of two attributes', () => {
    const [piece] = parseMarkup('<LINK HREF="/a?b=1&amp;c=2" Media href="/b" data-A=\'&quot;\'>');
    assert.deepEqual(piece?.type === 'element' && { name: piece.name, attributes: { ...piece.attributes } }, {
      name: 'link',
      attributes: { href: '/a?b=1&c=2', media: '', 'data-a': '"' },
    });
  });

  it('gives the text of scripts and styles as it is written', () => {
    const texts = parseMarkup('<script>a &amp;&lt; b</script><style>\n"&amp;"</style>');
    assert.deepEqual(
      texts.map((piece) => piece.type === 'element' && piece.text),
      ['a &amp;&lt; b', '\n"&amp;"'],
    );
  });

  const unclosed: readonly [markup: string, element: string, line: number][] = [
    ['<script>1', 'script', 1],
    ['<script src="a"/>', 'script', 1],
    ['<link>\n\n<style>a{}', 'style', 3],
    ['\n<style>a{}</style', 'style', 2],
    ['\n<script>1</script ', 'script', 2],
    ['<script>1</scr', 'script', 1],
  ];
  for (const [markup, element, line] of unclosed) {
    it(`refuses ${JSON.stringify(markup)}`, () => {
      assert.throws(() => parseMarkup(markup, { file: 'home.liquid', line: 7, column: 2 }), {
        code: 'markup-unclosed',
        summary: `<${element}> on line ${line} of the block is never closed`,
        place: { file: 'home.liquid', line: 7, column: 2 },
      });
    });
  }

  it('loses nothing of any markup', () => {
    const bit = fc.constantFrom(
      ...[
        '<link href=a>',
        '<script>',
        '</script>',
        '<style>',
        '</style >',
        '<!--',
        '-->',
        '<div>',
        '</div>',
        '<p>',
      ],
      ...[
        '<br/>',
        '</br>',
        '<svg>',
        '</svg>',
        '<![CDATA[',
        ']]>',
        '<',
        '>',
        '"',
        "'",
        'x',
        ' ',
        '\n',
        '&amp;',
        '</',
      ],
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 12 }), (bits) => {
        const markup = bits.join('');
        let pieces: ReturnType<typeof parseMarkup>;
        try {
          pieces = parseMarkup(markup);
        } catch (error) {
          assert.match(String(error), /markup-unclosed/);
          return;
        }
        assert.equal(pieces.map((piece) => piece.markup).join(''), markup);
        assert.ok(pieces.every((piece) => piece.markup !== ''));
      }),
      { numRuns: 2000 },
    );
  });
});
