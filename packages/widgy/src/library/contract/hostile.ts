import assert from 'node:assert/strict';
import type { ResolvedReference } from '../../rendering/references.ts';
import type { JsonObject, JsonValue } from '../../tree/json.ts';
import { createTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { isSafeUrl } from '../../widgets/fields/safe-url.ts';
import { allElements } from '../../widgets/submit-fixture.ts';

/** What gets out of text, out of quotes, out of a comment or an element, or runs when it is opened. */
const HOSTILE_TEXTS: readonly string[] = [
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '" onfocus="alert(1)" autofocus="',
  '--></style></script></textarea><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  ' java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '[a](javascript:alert(1)) ![b](data:text/html,x) <javascript:alert(1)>',
  '<a href="javascript:alert(1)" style="position:fixed">a</a><iframe srcdoc="x"></iframe><svg onload=alert(1)>',
  'https://www.youtube.com/watch?v=aqz-KE-bpKQ"><script>alert(1)</script>',
  'https://www.youtube.com/watch?v="><script>',
  'https://vimeo.com/1"onmouseover="alert(1)',
  '{{ fields }}{% render_children %}{% raw %}',
  'a"b<c>\u202e\0\ud800',
  'widgy:hostile/1',
  'widgy:callout/1',
];

/** References that lead to what is hostile in all its parts. */
export const hostileReferences: ReadonlyMap<string, ResolvedReference> = new Map(
  ['widgy:hostile/1', 'widgy:callout/1'].map((reference, at) => {
    const [text = ''] = HOSTILE_TEXTS;
    const tree = createTree(
      createWidget({
        id: 'root',
        type: 'callout-body',
        children: [createWidget({ id: 'text', type: 'text', fields: { text } })],
      }),
    );
    const url = at === 0 ? 'javascript:alert(1)' : '/a"><script>alert(1)</script>';
    const data = { alt: text, width: text, height: text, srcset: text, type: text, name: text };
    return [reference, { url, label: text, data, tree }];
  }),
);

/** Fields with something hostile in each, one after the other: as they might be stored, whatever the definition takes. */
export function hostileFields(fields: readonly FieldDescription[]): readonly JsonObject[] {
  const [text = ''] = HOSTILE_TEXTS;
  const ofOtherShapes: readonly JsonValue[] = [
    [text],
    [
      [text, text],
      [text, text],
    ],
    [{ text, link: text, toString: text }],
    { text, valueOf: text },
  ];
  const values = [...HOSTILE_TEXTS, ...ofOtherShapes];
  const single = fields.flatMap(({ name }) => values.map((value) => ({ [name]: value })));
  const together = HOSTILE_TEXTS.map((one) => Object.fromEntries(fields.map(({ name }) => [name, one])));
  return [...single, ...together];
}

const HARMFUL: ReadonlySet<string> = new Set([
  ...['script', 'style', 'iframe', 'object', 'embed', 'base', 'link', 'meta', 'form', 'input'],
  ...['svg', 'math', 'template', 'noscript', 'textarea', 'frame', 'frameset', 'applet', 'portal'],
]);

/** Asserts that nothing in HTML runs, loads or leads where it should not. */
export function assertHarmless(html: string, given: string): void {
  for (const { tag, attributes } of allElements(html)) {
    const where = `${tag} in ${html}, of ${given}`;
    assert.ok(!HARMFUL.has(tag), where);
    for (const [name, value] of Object.entries(attributes)) {
      assert.match(name, /^[a-z][a-z-]*$/, where);
      assert.doesNotMatch(name, /^on|^style$|^srcdoc$|^formaction$|^autofocus$/, where);
      if (ADDRESSES.has(name)) assert.ok(isSafeUrl(value), where);
      if (name === 'id') assert.match(value, /^(?:w-|at-)/, where);
    }
  }
}

const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'action', 'data-address', 'poster', 'cite']);
