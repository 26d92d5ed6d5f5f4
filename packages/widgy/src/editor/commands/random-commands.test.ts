import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import { outlineOf } from '../../tree/outline-fixture.ts';
import { assertIndexed, randomTree, SEED } from '../../tree/random-fixture.ts';
import { createTree, findWidget, hashTree } from '../../tree/tree.ts';
import { createWidget, fold, walk } from '../../tree/widget.ts';
import { textOfWidgets } from './clipboard.ts';
import { formatCopied, parseCopied } from './clipboard-text.ts';
import { sessionOf } from './commands-fixture.ts';
import { duplicateWidgets } from './duplicate.ts';
import { pasteText } from './paste.ts';
import { removeWidgets } from './remove.ts';
import { canUnwrap, possibleWrappers, unwrapWidget, wrapWidgets } from './wrap.ts';

const host = { origin: 'https://example.org/admin', search: async () => undefined };
const anyTree = randomTree(20);
const numbers = fc.array(fc.nat(40), { minLength: 1, maxLength: 4 });

/** The widgets that numbers choose. */
function chosen(tree: Parameters<typeof hashTree>[0], at: readonly number[]): readonly string[] {
  const ids = Array.from(walk(tree.root), ({ id }) => id);
  return [...new Set(at.map((each) => ids[each % ids.length] ?? ''))];
}

describe('commands on any tree', () => {
  it('copy widgets as they are', () => {
    fc.assert(
      fc.property(anyTree, ({ root }) => {
        const copied = { origin: 'here', references: {}, widgets: [root] };
        assert.deepEqual(parseCopied(formatCopied(copied, 'line'), DEFAULT_LIMITS), { ok: true, copied });
      }),
      { seed: SEED },
    );
  });

  it('do all of it as one step that leaves something in the tree selected, or nothing at all', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, numbers, fc.nat(4), async (tree, at, command) => {
        const ids = chosen(tree, at);
        const session = sessionOf(tree, { selected: ids });
        const before = hashTree(tree);
        const text = textOfWidgets(session, ids, host) ?? assert.fail();
        const [first = ''] = ids;
        const [wrapper] = possibleWrappers(session, ids);
        const isUnwrap = canUnwrap(session, first);
        const done = await [
          () => removeWidgets(session, ids),
          () => duplicateWidgets(session, ids),
          () => pasteText(session, text, host),
          () => (wrapper === undefined ? { ok: false } : wrapWidgets(session, ids, wrapper)),
          () => unwrapWidget(session, first),
        ][command]?.();
        const after = session.tree.value;
        assertIndexed(after);
        if (command === 3) assert.equal(done?.ok, wrapper !== undefined);
        if (command === 4 && isUnwrap) assert.ok(done?.ok);
        assert.equal(session.steps.length, done?.ok ? 1 : 0);
        if (!done?.ok) assert.equal(hashTree(after), before);
        for (const id of session.selection.value.ids) assert.ok(findWidget(after, id), id);
        assert.notEqual(session.selection.value.ids.length, 0);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('paste what was copied, but for the ids', async () => {
    const unnamed = (tree: ReturnType<typeof createTree>, id: string) => {
      const widget = findWidget(tree, id) ?? assert.fail(id);
      let made = 0;
      const bare = fold<ReturnType<typeof createWidget>>({ ...widget, slot: undefined }, (each, children) =>
        createWidget({ ...each, id: `x${++made}`, children }),
      );
      return outlineOf(createTree(bare));
    };
    await fc.assert(
      fc.asyncProperty(anyTree, numbers, async (tree, at) => {
        const from = sessionOf(tree, { selected: chosen(tree, at) });
        const [first] = from.selection.value.ids;
        const text = textOfWidgets(from, first === undefined ? [] : [first], host) ?? assert.fail();
        const to = sessionOf('page/page(q/text)', { selected: ['q'] });
        const pasted = await pasteText(to, text, host);
        if (!pasted.ok) return;
        const [id = ''] = pasted.ids;
        assert.equal(unnamed(to.tree.value, id), unnamed(tree, first ?? ''));
      }),
      { seed: SEED },
    );
  });
});
