import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { SEED } from '../../tree/random-fixture.ts';
import { isLinkUrl } from './reference.ts';
import { RICH_TEXT_ATTRIBUTES, RICH_TEXT_ELEMENTS } from './rich-text-elements.ts';
import { defaultSanitisers } from './sanitise.ts';
import { MAX_RICH_TEXT_DEPTH } from './sanitise-rich-text.ts';

const { richText, markdown } = defaultSanitisers;

/** What is in sanitised markup that may not be there, read by another parser than the sanitiser's own settings. */
function forbiddenIn(markup: string): readonly string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!RICH_TEXT_ELEMENTS.includes(name)) found.push(`<${name}>`);
      const allowed = [...(RICH_TEXT_ATTRIBUTES['*'] ?? []), ...(RICH_TEXT_ATTRIBUTES[name] ?? [])];
      for (const [attribute, value] of Object.entries(attributes)) {
        const isCode = name === 'code' && attribute === 'class' && /^language-[\w+#-]{1,40}$/.test(value);
        if (!allowed.includes(attribute) && !isCode) found.push(`${name}[${attribute}]`);
        if (/^(?:href|src)$/.test(attribute) && !isLinkUrl(value)) found.push(`${attribute}=${value}`);
      }
    },
    oncomment: (text) => found.push(`<!--${text}-->`),
    onprocessinginstruction: (name) => found.push(`<${name}>`),
  });
  parser.end(markup);
  return found;
}

const attacks: readonly string[] = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<script/x>alert(1)</script>',
  '<p onclick=alert(1)>x</p>',
  '<p/onclick=alert(1)>x',
  '<img src=x onerror=alert(1)>',
  '<img src="x"onerror="alert(1)">',
  '<img src="javascript:alert(1)">',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<img srcset="javascript:alert(1) 1x" src="/a.png">',
  '<img src=`x`onerror=alert(1)>',
  '<img """><script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="java&#9;script:alert(1)">x</a>',
  '<a href="java&#10;script:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:alert(1)">x</a>',
  '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)">x</a>',
  '<a href="javascript&colon;alert(1)">x</a>',
  '<a href="javascript&NewLine;:alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
  '<a href="blob:https://a.example/1">x</a>',
  '<a href="widgy:javascript:alert(1)">x</a>',
  '<a href="WIDGY:page/1">x</a>',
  '<a href="/x" style="background:url(javascript:alert(1))">x</a>',
  '<a href="/x" target="_blank" onmouseover="alert(1)">x</a>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<title><img title="</title><img src=x onerror=alert(1)>"></title>',
  '<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  '<template><script>alert(1)</script></template>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<link rel="stylesheet" href="//evil.example/x.css">',
  '<base href="//evil.example/">',
  '<style>@import "//evil.example/x.css";</style>',
  '<p style="position:fixed;inset:0">x</p>',
  '<p class="admin" id="config">x</p>',
  '<form action="//evil.example"><input name=password><button>x</button></form>',
  '<video><source onerror=alert(1)></video>',
  '<details open ontoggle=alert(1)>x</details>',
  '<input autofocus onfocus=alert(1)>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<table background="javascript:alert(1)"><td background="javascript:alert(1)">x</table>',
  '<blockquote cite="javascript:alert(1)">x</blockquote>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<!--[if IE]><script>alert(1)</script><![endif]-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '<!DOCTYPE html [<!ENTITY x "<script>alert(1)</script>">]>&x;',
  '<p title="<script>alert(1)</script>" lang="<img src=x onerror=alert(1)>">x',
  '<abbr title="&quot; onmouseover=alert(1) x=&quot;">x</abbr>',
  '<p>unclosed <b>tags <i>everywhere',
  '</p></div></script>',
  '<p\u0000onclick=alert(1)>x</p>',
  '<\u0000script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;script&amp;gt;alert(1)',
  '<p',
  '<a href="',
  '<<script>alert(1);//<</script>',
];

describe('rich text', () => {
  for (const attack of attacks) {
    it(`is harmless: ${JSON.stringify(attack).slice(0, 70)}`, () => {
      const clean = richText(attack);
      assert.deepEqual(forbiddenIn(clean), [], clean);
      assert.equal(richText(clean), clean);
    });
  }

  const kept: readonly [given: string, clean: string][] = [
    ['<h2>T</h2><p>a <strong>b</strong> <em>c</em></p>', '<h2>T</h2><p>a <strong>b</strong> <em>c</em></p>'],
    ['<a href="/x?a=1&amp;b=2#c" title="T">x</a>', '<a href="/x?a=1&amp;b=2#c" title="T">x</a>'],
    ['<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'],
    ['<a href="//example.com/">x</a>', '<a href="//example.com/">x</a>'],
    ['<a href="widgy:page/42">x</a>', '<a href="widgy:page/42">x</a>'],
    ['<img src="widgy:image/7" alt="A">', '<img src="widgy:image/7" alt="A" />'],
    ['<img alt="no address">', ''],
    ['<ol start="3"><li value="4">x</li></ol>', '<ol start="3"><li value="4">x</li></ol>'],
    [
      '<table><tr><th scope="row">a</th><td colspan="2">b</td></tr></table>',
      '<table><tr><th scope="row">a</th><td colspan="2">b</td></tr></table>',
    ],
    [
      '<pre><code class="language-ts x">a &lt; b</code></pre>',
      '<pre><code class="language-ts">a &lt; b</code></pre>',
    ],
    ['<p lang="de" dir="ltr">x</p>', '<p lang="de" dir="ltr">x</p>'],
    ['<div><section>text</section> stays</div>', 'text stays'],
    ['1 < 2 && "q"', '1 &lt; 2 &amp;&amp; "q"'],
  ];
  for (const [given, clean] of kept)
    it(`of ${given} keeps ${clean}`, () => assert.equal(richText(given), clean));

  it('keeps the text of what is too deep', () => {
    const deep = richText(`${'<b>'.repeat(500)}x${'</b>'.repeat(500)}`);
    assert.equal(deep, `${'<b>'.repeat(MAX_RICH_TEXT_DEPTH)}x${'</b>'.repeat(MAX_RICH_TEXT_DEPTH)}`);
  });

  const parts = [
    ...[
      '<',
      '>',
      '"',
      "'",
      '&',
      '=',
      '/',
      ' ',
      '\n',
      '\t',
      '\u0000',
      '!',
      '-',
      '--',
      'x',
      ']]>',
      '&lt;',
      '&#',
      ';',
    ],
    ...[
      '<p>',
      '</p>',
      '<b',
      '<a href=',
      '<img src=',
      'javascript:',
      'onerror=',
      '<script',
      '</script>',
      '<svg>',
    ],
    ...[
      '</svg>',
      '<math>',
      '<style>',
      '</style>',
      '<!--',
      '-->',
      '<table>',
      '<td>',
      '<tr>',
      '<li>',
      '<template>',
    ],
    ...[
      '<noscript>',
      '<textarea>',
      '</textarea>',
      '<title>',
      '<br>',
      '</br>',
      '<h1>',
      '<div>',
      '</div>',
      '<![CDATA[',
    ],
    ...[
      'widgy:page/1',
      '<code class="',
      'language-',
      'srcdoc=',
      '<iframe',
      '<form>',
      '<select>',
      '<option>',
      '<pre>\n',
    ],
  ];
  it('saved twice is the text saved once, whatever it holds, and harmless', () => {
    const hostile = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((list) => list.join(''));
    fc.assert(
      fc.property(hostile, (text) => {
        const clean = richText(text);
        assert.equal(richText(clean), clean);
        assert.deepEqual(forbiddenIn(clean), []);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});

describe('Markdown', () => {
  it('stays as it was typed, but for characters that no text has', () => {
    assert.equal(markdown('a < b & <b>`<i>`\n\t> "q"'), 'a < b & <b>`<i>`\n\t> "q"');
    assert.equal(markdown('a\u0000b\u0008c\u007f'), 'abc');
  });

  it('saved twice is the text saved once', () => {
    fc.assert(
      fc.property(fc.string(), (text) => assert.equal(markdown(markdown(text)), markdown(text))),
      { seed: SEED },
    );
  });
});
