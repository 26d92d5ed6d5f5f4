import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyOperation } from '../tree/apply.ts';
import { formatTree } from '../tree/format.ts';
import type { JsonValue } from '../tree/json.ts';
import type { Operation } from '../tree/operation.ts';
import { parseTree } from '../tree/parse.ts';
import { counter, operationFor, randomIntent, randomTree, SEED } from '../tree/random-fixture.ts';
import { createTree, type Tree } from '../tree/tree.ts';
import { createWidget } from '../tree/widget.ts';
import { MAX_MARKUP_LENGTH } from '../widgets/fields/limits.ts';
import { checkWidgetFields, type Site } from '../widgets/site.ts';
import { linkedOperation, linkedTree, linkingSite } from './links-fixture.ts';
import { type Link, linkChanges, linkKey, linksIn } from './links-in.ts';
import { referencesInMarkdown } from './markup-links.ts';

const site = linkingSite();
const textsOf = (links: readonly Link[]) =>
  links.map(({ widget, field, target }) => `${widget}.${field} → ${target.type}/${target.id}`);

describe('the links in a field', () => {
  const found = (type: string, field: string, value: JsonValue) =>
    linksIn(createWidget({ id: 'w', type, fields: { [field]: value } }), site).map(
      ({ target }) => `${target.type}/${target.id}`,
    );

  const cases: readonly [field: string, value: JsonValue, links: readonly string[]][] = [
    ['link', 'widgy:page/1', ['page/1']],
    ['link', 'widgy:shop/boat/x', ['shop/boat/x']],
    ['link', '/about', []],
    ['link', 'https://example.com/widgy:page/1', []],
    ['link', ' widgy:page/1', []],
    ['link', '', []],
    ['link', null, []],
    ['link', 7, []],
    ['link', ['widgy:page/1'], []],
    ['image', 'widgy:image/1', ['image/1']],
    ['file', 'widgy:file/1', ['file/1']],
    ['own', 'widgy:page/1', ['page/1']],
    ['plain', 'widgy:page/1', []],
    ['long', '<a href="widgy:page/1">', []],

    ['rich', '<p><a href="widgy:page/1">x</a> <a href="widgy:page/2">y</a></p>', ['page/1', 'page/2']],
    ['rich', '<a href="widgy:page/1">x</a><a href="widgy:page/1">y</a>', ['page/1']],
    ['rich', "<A class=x HREF='widgy:page/1'>x</A>", ['page/1']],
    ['rich', '<a href=widgy:page/1>x</a>', ['page/1']],
    ['rich', '<a href="widgy&colon;page&#x2F;1">x</a>', ['page/1']],
    ['rich', '<a href="&#119;&#x69;dgy:page/1">x</a>', ['page/1']],
    ['rich', '<a href="widgy&#58;page/1">x</a>', ['page/1']],
    ['rich', '<a href="widgy\\:page/1">x</a>', []],
    ['rich', '<a href="wid\ngy:page/1">x</a>', []],
    ['rich', '<img src="widgy:image/1" alt="">', ['image/1']],
    ['rich', '<ul><li><b><a href="widgy:page/1">unclosed', ['page/1']],
    ['rich', 'href="widgy:page/1"', []],
    ['rich', '<!-- <a href="widgy:page/1"> -->', []],
    ['rich', '<p title="widgy:page/1">src href</p>', []],
    ['rich', '<a href="widgy:page/1#top">x</a>', []],
    ['rich', '<a href="/a?b=widgy:page/1">x</a>', []],
    ['rich', 'widgy:page/1', []],

    ['markdown', '[x](widgy:page/1) and *[y](widgy:page/2 "title")*', ['page/1', 'page/2']],
    ['markdown', '[x](<widgy:page/1>)', ['page/1']],
    ['markdown', '![x](widgy:image/1)', ['image/1']],
    ['markdown', '[![x](widgy:image/1)](widgy:page/1)', ['image/1', 'page/1']],
    ['markdown', '# [x][a]\n\n[a]: widgy:page/1', ['page/1']],
    ['markdown', '- [x](widgy\\:page/1)\n- [y](widgy&colon;page/2)', ['page/1', 'page/2']],
    ['markdown', '[x](&#119;&#x69;dgy:page/1)', ['page/1']],
    ['markdown', '[x](%77idgy:page/1)', []],
    ['markdown', '<widgy:page/1>', ['page/1']],
    ['markdown', '`[x](widgy:page/1)`', []],
    ['markdown', '    [x](widgy:page/1)', []],
    ['markdown', '<a href="widgy:page/1">x</a>', []],
    ['markdown', '\\[x](widgy:page/1)', []],
    ['markdown', '[x](widgy:page)', []],
    ['markdown', 'widgy:page/1', []],

    ['list', [{ to: 'widgy:page/1' }, { to: '/a' }, { to: 'widgy:page/2' }], ['page/1', 'page/2']],
    ['list', [{ inner: [{ to: 'widgy:page/1', note: '[x](widgy:page/2)' }] }], ['page/1', 'page/2']],
    ['list', [{ to: 'widgy:page/1', inner: [{ to: 'widgy:page/1' }] }], ['page/1']],
    ['list', [null, 'widgy:page/1', [{ to: 'widgy:page/1' }], { other: 'widgy:page/1' }], []],
    ['list', { to: 'widgy:page/1' }, []],

    ['unknown', 'widgy:page/1', ['page/1']],
    ['unknown', [{ deep: ['widgy:page/1', { x: 'widgy:page/2' }] }, 'text', 1, null], ['page/1', 'page/2']],
    ['unknown', '<a href="widgy:page/1">', []],
  ];
  for (const [field, value, links] of cases) {
    it(`${field}: ${JSON.stringify(value)} has ${links.length}`, () =>
      assert.deepEqual(found('everything', field, value).toSorted(), links));
  }

  it('are found in types that the code no longer has', () =>
    assert.deepEqual(found('gone', 'to', ['widgy:page/1', { rich: 'see widgy:page/2' }]), ['page/1']));

  const names: readonly [name: string, kept: string][] = [
    ['x'.repeat(128), 'x'.repeat(128)],
    ['x'.repeat(129), 'x'.repeat(128)],
    [`${'x'.repeat(127)}\u{1f600}`, `${'x'.repeat(127)}\ufffd`],
    ['', '?'],
    ['a\0b', 'a\ufffdb'],
    ['a\ud800', 'a\ufffd'],
  ];
  for (const [name, kept] of names) {
    it(`called ${JSON.stringify(name.slice(-10))} are kept under a name that the table can hold`, () => {
      const widget = createWidget({ id: 'w', type: 'gone', fields: { [name]: 'widgy:page/1' } });
      assert.deepEqual(textsOf(linksIn(widget, site)), [`w.${kept} → page/1`]);
    });
  }

  const SANITISED: readonly [field: 'rich' | 'markdown', text: string][] = [
    ['rich', '<p>See <a href="widgy:page/1" onclick="x()">x</a><img src="widgy:image/1" alt=""></p>'],
    ['rich', '<A HREF=widgy:page/1>x</A><a href="javascript:alert(1)">y</a><script>a href</script>'],
    ['markdown', '[x](widgy:page/1) & ![y](widgy:image/1) <b>'],
  ];
  for (const [field, text] of SANITISED) {
    it(`${field}: ${JSON.stringify(text)} has what it had when it is kept`, () => {
      const checked = checkWidgetFields(site, 'everything', { [field]: text });
      assert.ok(checked.ok, JSON.stringify(checked));
      const kept = checked.fields[field] ?? null;
      assert.deepEqual(found('everything', field, kept), found('everything', field, text));
      assert.ok(found('everything', field, kept).includes('page/1'));
    });
  }

  it('are found in Markdown of more parts than a call may have arguments', () => {
    const references = referencesInMarkdown(`${'a\n'.repeat(80_000)}[x](widgy:page/1)`);
    assert.deepEqual(references, [{ type: 'page', id: '1' }]);
  });

  const lengths: readonly [field: string, link: string, longest: number][] = [
    ['rich', '<a href="widgy:page/1">x</a>', MAX_MARKUP_LENGTH.richText],
    ['markdown', '[x](widgy:page/1)', MAX_MARKUP_LENGTH.markdown],
  ];
  for (const [field, link, longest] of lengths) {
    it(`are not looked for in more than ${longest} characters of ${field}: nothing is shown of them`, () => {
      assert.deepEqual(found('everything', field, link.padEnd(longest)), ['page/1']);
      assert.deepEqual(found('everything', field, link.padEnd(longest + 1)), []);
    });
  }

  it('are those of the type, where two types share the value', () => {
    const fields = { a: 'widgy:page/1' };
    const box = createWidget({ id: 'b', type: 'box', fields });
    const other = createWidget({ id: 't', type: 'text', fields });
    assert.equal(box.fields, other.fields);
    assert.deepEqual(
      textsOf(linksIn(createWidget({ id: 'r', type: 'box', children: [box, other, box] }), site)),
      ['b.a → page/1', 'b.a → page/1'],
    );
  });
});

describe('the links of a tree', () => {
  it('stand in the order of the page, with what holds them', () => {
    const link = (id: string, to: string) => createWidget({ id, type: 'box', fields: { a: `widgy:${to}` } });
    const root = createWidget({
      id: 'root',
      type: 'everything',
      fields: { list: [{ inner: [{ to: 'widgy:page/9' }] }] },
      children: [
        createWidget({ id: 'g', type: 'gone', children: [link('a', 'page/1')] }),
        link('b', 'page/1'),
      ],
    });
    assert.deepEqual(textsOf(linksIn(root, site)), ['root.list → page/9', 'a.a → page/1', 'b.a → page/1']);
  });

  it('are found however deep it is', () => {
    let widget = createWidget({ id: 'leaf', type: 'box', fields: { a: 'widgy:page/1' } });
    for (let at = 0; at < 20_000; at++)
      widget = createWidget({ id: `w${at}`, type: 'box', children: [widget] });
    assert.deepEqual(textsOf(linksIn(widget, site)), ['leaf.a → page/1']);
    const before = createTree(createWidget({ id: 'root', type: 'box' }));
    const after = createTree(createWidget({ id: 'root', type: 'box', children: [widget] }));
    assert.deepEqual(textsOf(linkChanges(before, after, site).added), ['leaf.a → page/1']);
  });
});

describe('the changes of links', () => {
  it('make the links of one tree those of another one, whatever is done', () => {
    let count = 0;
    fc.assert(
      fc.property(randomTree(), fc.array(randomIntent, { minLength: 1, maxLength: 6 }), (random, intents) => {
        const before = linkedTree(random);
        const newId = counter('n');
        let after = before;
        for (const intent of intents) {
          const applied = applyOperation(after, linkedOperation(operationFor(after, intent, newId)));
          if (applied.ok) after = applied.tree;
        }
        const { added, removed } = linkChanges(before, after, site);
        const kept = new Set(linksIn(before.root, site).map(linkKey));
        for (const link of removed) assert.ok(kept.delete(linkKey(link)), 'removes what is not there');
        for (const link of added) {
          assert.ok(!kept.has(linkKey(link)), 'adds what is there');
          kept.add(linkKey(link));
        }
        count += added.length + removed.length;
        // Read again, and by a site that has read nothing yet.
        const again = linksIn(readAgain(after).root, linkingSite()).map(linkKey);
        assert.deepEqual([...kept].toSorted(), again.toSorted());
        // Trees that share nothing, as two that were read from the database.
        const unshared = linkChanges(readAgain(before), readAgain(after), site);
        assert.deepEqual(unshared, { added, removed });
      }),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(count > 100, `only ${count} changes`);
  });

  it('are found where only the type of a widget is another one', () => {
    const root = createWidget({ id: 'root', type: 'text', fields: { a: 'widgy:page/1' } });
    const plain = createTree(root);
    const linking = createTree(createWidget({ ...root, type: 'box' }));
    assert.equal(linking.root.fields, root.fields);
    const link: Link = { widget: 'root', field: 'a', target: { type: 'page', id: '1' } };
    assert.deepEqual(linkChanges(plain, linking, site), { added: [link], removed: [] });
    assert.deepEqual(linkChanges(linking, plain, site), { added: [], removed: [link] });
  });

  const children = Array.from({ length: 1000 }, (_, at) =>
    createWidget({ id: `w${at}`, type: 'box', fields: { a: `widgy:page/${at}` } }),
  );
  const shelf = createWidget({ id: 'shelf', type: 'box' });
  const tree = createTree(createWidget({ id: 'root', type: 'box', children: [shelf, ...children] }));
  const costs: readonly [what: string, operation: Operation, changes: number, read: number][] = [
    ['a field', { kind: 'set', id: 'w5', fields: { a: 'widgy:page/x' }, unset: [] }, 2, 1],
    ['another field', { kind: 'set', id: 'w5', fields: { b: 'x' }, unset: [] }, 0, 1],
    ['a place', { kind: 'move', id: 'w5', to: { parent: 'shelf' } }, 0, 0],
    ['a removal', { kind: 'remove', id: 'w5' }, 1, 0],
    ['a copy', { kind: 'duplicate', id: 'w5', at: { parent: 'root' }, ids: [['w5', 'copy']] }, 1, 0],
  ];
  for (const [what, operation, changes, read] of costs) {
    it(`read the fields of ${read} of 1,000 widgets for ${what}`, () => {
      const { counted, reads } = countingSite(site);
      linksIn(tree.root, counted);
      assert.equal(reads(), 1002);
      const applied = applyOperation(tree, operation);
      assert.ok(applied.ok);
      const { added, removed } = linkChanges(tree, applied.tree, counted);
      assert.deepEqual([added.length + removed.length, reads() - 1002], [changes, read]);
      assert.equal(linksIn(applied.tree.root, counted).length, 1000 + added.length - removed.length);
      assert.equal(reads() - 1002, read);
    });
  }
});

function readAgain(tree: Tree): Tree {
  const parsed = parseTree(JSON.parse(formatTree(tree)));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

/** The site, and how often it was asked what fields a type has. */
function countingSite(counted: Site): { readonly counted: Site; readonly reads: () => number } {
  let count = 0;
  const types = new (class extends Map<string, NonNullable<ReturnType<Site['types']['get']>>> {
    override get(type: string) {
      count += 1;
      return super.get(type);
    }
  })(counted.types);
  return { counted: { ...counted, types }, reads: () => count };
}
