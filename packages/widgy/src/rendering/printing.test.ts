import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Liquid } from 'liquidjs';
import { z } from 'zod';
import type { JsonValue } from '../tree/json.ts';
import { html } from '../widgets/fields/html.ts';
import { MAX_MARKUP_LENGTH } from '../widgets/fields/limits.ts';
import { HtmlPosition } from './html-position.ts';
import { rendererFor, widget } from './render-fixture.ts';

const text = (kind: string, initial = '') => z.string().default(initial).meta({ kind });

const FIELDS = z.object({
  text: text('text'),
  long: text('long-text'),
  rich: text('rich-text'),
  markdown: text('markdown'),
  date: text('date'),
  time: text('time'),
  moment: text('date-time'),
  colour: text('colour', '#000000'),
  image: text('image'),
  file: text('file'),
  link: text('link', '/default'),
  number: z.number().default(7),
  flag: z.boolean().default(true),
  choice: z.enum(['a', 'b']).default('b'),
  choices: z.array(z.enum(['a', 'b'])).default(['a']),
  maybe: z.string().nullable().default(null),
  list: z.array(z.object({ link: text('link'), rich: text('rich-text'), name: text('text') })).default([]),
  own: z.string().default('').meta({ kind: 'shout' }),
});

const XSS = `<img src=x onerror=alert(1)>"'`;
const SHOWN_AS_TEXT = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;';

async function print(template: string, fields: Readonly<Record<string, JsonValue>>, references = new Map()) {
  const engine = new Liquid({ extname: '.liquid' });
  engine.registerFilter('bold', { raw: true, handler: (value) => `<b>${Number(value)}</b>` });
  const { render, failures } = await rendererFor({
    files: { 'box/render.liquid': template },
    fields: { box: FIELDS },
    site: { kinds: { shout: { shape: 'text', show: (value) => html`<em>${String(value)}</em>` } } },
    options: { engine },
  });
  const shown = await render(widget('one', 'box', { fields }), { references });
  assert.deepEqual(failures, []);
  return shown;
}

describe('a hostile value is harmless in a field of the kind', () => {
  const plain = ['text', 'long', 'date', 'time', 'moment'];
  const cases: readonly [field: string, value: JsonValue, shown: string][] = [
    ...plain.map((field): [string, JsonValue, string] => [field, XSS, SHOWN_AS_TEXT]),
    ['rich', `<p onclick=x>a</p>${XSS}`, '<p>a</p><img src="x" />"\''],
    ['markdown', `**a** ${XSS}`, '<p><strong>a</strong> &lt;img src=x onerror=alert(1)&gt;"\'</p>\n'],
    ['markdown', '[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>\n'],
    [
      'markdown',
      '[a](&#106;avascript:alert(1)) ![b](data:text/html,x)',
      '<p>[a](javascript:alert(1)) ![b](data:text/html,x)</p>\n',
    ],
    ['markdown', '<javascript:alert(1)>', '<p>&lt;javascript:alert(1)&gt;</p>\n'],
    ['colour', 'red;background:url(//x)', ''],
    ['colour', '#1d4f5c', '#1d4f5c'],
    ['image', 'javascript:alert(1)', ''],
    ['file', 'data:text/html,x', ''],
    ['link', ' java\tscript:alert(1)', ''],
    ['link', '/a?b="><script>', '/a?b=&quot;&gt;&lt;script&gt;'],
    ['link', 'widgy:page/42', ''],
    ['number', XSS, '7'],
    ['flag', XSS, 'true'],
    ['choice', XSS, 'b'],
    ['choices', [XSS], 'a'],
    ['choices', XSS, 'a'],
    ['maybe', XSS, SHOWN_AS_TEXT],
    ['maybe', null, ''],
    ['own', XSS, `<em>${SHOWN_AS_TEXT}</em>`],
    ['text', { toString: 'x' }, ''],
    ['text', [XSS], ''],
    ['rich', 7, ''],
    ['unknown', XSS, ''],
  ];
  for (const [field, value, shown] of cases) {
    it(`${field}: ${JSON.stringify(value)}`, async () => {
      assert.equal(await print(`{{ fields.${field} }}`, { [field]: value }), shown);
    });
  }

  const long: readonly [field: string, length: number, isShown: boolean][] = [
    ['rich', MAX_MARKUP_LENGTH.richText, true],
    ['rich', MAX_MARKUP_LENGTH.richText + 1, false],
    ['markdown', MAX_MARKUP_LENGTH.markdown, true],
    ['markdown', MAX_MARKUP_LENGTH.markdown + 1, false],
    ['long', MAX_MARKUP_LENGTH.richText + 1, true],
  ];
  for (const [field, length, isShown] of long) {
    it(`${field}, where it is ${length} characters long`, async () => {
      const shown = await print(`{{ fields.${field} }}`, { [field]: 'x'.repeat(length) });
      assert.equal(shown.replace(/<\/?p>|\n/g, ''), isShown ? 'x'.repeat(length) : '');
    });
  }

  it('list, in each of its items', async () => {
    const list = [
      { link: 'javascript:x', rich: '<script>x</script><b>y</b>', name: XSS },
      'no item',
      { rich: 5 },
    ];
    const template = '{% for i in fields.list %}[{{ i.link }}|{{ i.rich }}|{{ i.name }}]{% endfor %}';
    assert.equal(await print(template, { list }), `[|<b>y</b>|${SHOWN_AS_TEXT}][||]`);
  });
});

describe('printing', () => {
  const cases: readonly [template: string, shown: string][] = [
    ['{{ fields.text }}', '&lt;i&gt;'],
    ['{{ fields.text | raw }}', '&lt;i&gt;'],
    ['{{ fields.text | append: "<b>" | raw }}', '&lt;i&gt;&lt;b&gt;'],
    ['{{ fields.text | escape }}', '&lt;i&gt;'],
    ['{{ fields.text | escape | raw }}', '&lt;i&gt;'],
    ['{{ fields.text | upcase }}', '&lt;I&gt;'],
    ['{% echo fields.text | raw %}', '&lt;i&gt;'],
    ["{% cycle fields.text, 'x' %}", '&lt;i&gt;'],
    ['{% assign t = fields.text %}{{ t | raw }}', '&lt;i&gt;'],
    ['{% capture t %}{{ fields.text }}{% endcapture %}{{ t }}{{ t | raw }}', '&lt;i&gt;&lt;i&gt;'],
    ['{{ fields.rich }}', '<p>a &amp; "b"</p>'],
    ['{{ fields.rich | raw }}', '<p>a &amp; "b"</p>'],
    ['{{ fields.rich | upcase }}', '&lt;P&gt;A &amp;AMP; &quot;B&quot;&lt;/P&gt;'],
    ['{{ fields.rich | strip_html }}', 'a &amp;amp; &quot;b&quot;'],
    ['{{ fields.long | newline_to_br }}', 'a&lt;<br>\nb'],
    ['<p title="{{ fields.rich }}">', '<p title="&lt;p&gt;a &amp; &quot;b&quot;&lt;/p&gt;">'],
    ["<p title='{{ fields.rich }}'>", "<p title='&lt;p&gt;a &amp; &quot;b&quot;&lt;/p&gt;'>"],
    ['<p title="a > b" {{ fields.rich }}>', '<p title="a > b" &lt;p&gt;a &amp; &quot;b&quot;&lt;/p&gt;>'],
    [
      '<script>{{ fields.rich }}</script>{{ fields.own }}',
      '<script>&lt;p&gt;a &amp; &quot;b&quot;&lt;/p&gt;</script><em>o</em>',
    ],
    [
      "<b class=it's></b><p title='a > {{ fields.rich }}'>",
      "<b class=it's></b><p title='a > &lt;p&gt;a &amp; &quot;b&quot;&lt;/p&gt;'>",
    ],
    ['<!-- {{ fields.rich }} -->', '<!-- &lt;p&gt;a &amp; &quot;b&quot;&lt;/p&gt; -->'],
    ['{{ 1 | bold }}<p title="{{ 1 | bold }}">', '<b>1</b><p title="&lt;b&gt;1&lt;/b&gt;">'],
    ['{{ fields.link.label }} {{ fields.link }}', 'One &amp; only /one?a=1&amp;b'],
    ['{% if fields.link == "/one?a=1&b" %}yes{% endif %}', 'yes'],
    ['{% if fields.image == "" %}empty{% endif %}', 'empty'],
    ['{% if fields.markdown == empty %}empty{% endif %}', 'empty'],
    ['{{ widget }}{{ fields }}', ''],
    ['{{ fields.choices }}', 'ab'],
    ['{{ fields.list | json }}', '[]'],
  ];
  for (const [template, shown] of cases) {
    it(template, async () => {
      const fields = {
        ...{ text: '<i>', rich: '<p>a &amp; "b"</p>', long: 'a<\nb', link: 'widgy:page/1', own: 'o' },
        choices: ['a', 'b'],
      };
      const references = new Map([['widgy:page/1', { url: '/one?a=1&b', label: 'One & only' }]]);
      assert.equal(await print(template, fields, references), shown);
    });
  }
});

describe('references', () => {
  const references = new Map([
    ['widgy:page/1', { url: '/one?a=1&b="', label: 'One' }],
    ['widgy:page/2', { url: undefined, label: 'Two' }],
    ['widgy:page/3', { url: 'javascript:alert(1)', label: 'Three' }],
  ]);
  const cases: readonly [fields: Readonly<Record<string, JsonValue>>, shown: string][] = [
    [{ link: 'widgy:page/1' }, '/one?a=1&amp;b=&quot;'],
    [{ link: 'widgy:page/2' }, ''],
    [{ link: 'widgy:page/3' }, ''],
    [{ link: 'widgy:page/4' }, ''],
    [{ link: 'WIDGY:page/1' }, ''],
    [{ rich: '<a href="widgy:page/1">x</a>' }, '<a href="/one?a=1&amp;b=&quot;">x</a>'],
    [{ rich: '<a href="widgy:page/2">x</a> widgy:page/1' }, '<a>x</a> widgy:page/1'],
    [{ rich: '<a href="widgy:page/3">x</a>' }, '<a>x</a>'],
    [{ rich: 'href="widgy:page/1"' }, 'href="widgy:page/1"'],
    [{ rich: '<img src="widgy:page/2" alt="x">y' }, 'y'],
    [{ markdown: '[x](widgy:page/1)' }, '<p><a href="/one?a=1&amp;b=&quot;">x</a></p>\n'],
    [
      { markdown: '`widgy:page/1` <widgy:page/1>' },
      '<p><code>widgy:page/1</code> <a href="/one?a=1&amp;b=&quot;">widgy:page/1</a></p>\n',
    ],
  ];
  for (const [fields, shown] of cases) {
    it(JSON.stringify(fields), async () => {
      const [name = ''] = Object.keys(fields);
      assert.equal(await print(`{{ fields.${name} }}`, fields, references), shown);
    });
  }
});

describe('the place in a page', () => {
  const cases: readonly [html: string, isInMarkup: boolean][] = [
    ['', true],
    ['a < b', true],
    ['a <', false],
    ['<p', false],
    ['</p', false],
    ['<p>', true],
    ['<p a="', false],
    ['<p a=">', false],
    ['<p a=">">', true],
    ['<p a=\'"', false],
    ["<p a='\"'>", true],
    ["<p a=it's>", true],
    ["<p it's>", true],
    ["<p a='x'it's>", true],
    ["<p '>", true],
    ["<p ='>", true],
    ["<p a= '>", false],
    [`<p a${' '.repeat(20)}=${' '.repeat(20)}'>`, false],
    ["<p a=b='>", true],
    ["<p a='x'='>", true],
    ["<p/a='>", false],
    ["<p a/='>", true],
    ["<p a=/'>", true],
    ['<p a=>', true],
    ["<script a=it's>", false],
    ["<script a=it's></script>", true],
    ["</p a='>", false],
    ["<p class=it's>x</p><a title='a >", false],
    ['<!', false],
    ['<!-- >', false],
    ['<!-- > --', false],
    ['<!-- -->', true],
    ['<!-- --!', false],
    ['<!-- --!>', true],
    ['<script>', false],
    ['<SCRIPT src="x">a</scripts>', false],
    ['<script>"</script', false],
    ['<script>"</script>', true],
    ['<textarea></textarea >', true],
    ['<title>x</TITLE>', true],
    ['<scripts>', true],
    ['</script>', true],
  ];
  for (const [text, isInMarkup] of cases) {
    it(`after ${text || 'nothing'}`, () => {
      const whole = new HtmlPosition();
      whole.read(text);
      const bits = new HtmlPosition();
      for (const sign of text) bits.read(sign);
      assert.deepEqual([whole.isInMarkup, bits.isInMarkup], [isInMarkup, isInMarkup]);
    });
  }
});
