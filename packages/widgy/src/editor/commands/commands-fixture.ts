import assert from 'node:assert/strict';
import { signal } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import { outlineOf, treeOf } from '../../tree/outline-fixture.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import type { TypeRules } from '../../tree/rules/type-rules.ts';
import type { Tree } from '../../tree/tree.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import type { StepLabel } from '../draft/index.ts';
import type { EditorData } from '../server/editor-data.ts';
import { EDITOR_DATA } from '../server/editor-data-fixture.ts';
import { NO_SELECTION, selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { createSurface, type Surface } from '../session/surface.ts';
import { en } from '../words/en/index.ts';

/** A session without a server: edits are checked and done, and written down. Ids of new widgets are `n1`, `n2`, and so on. */
export interface TestSession extends Session {
  readonly surface: Surface;
  readonly steps: { readonly label: StepLabel; readonly operations: readonly Operation[] }[];
  /** The tree as an outline. */
  readonly outline: () => string;
}

/** Types of a test that are described as their rules are, with what differs by type. */
export function describedTypes(
  types: readonly TypeRules[],
  differing: Readonly<Record<string, Partial<TypeDescription>>> = {},
): readonly TypeDescription[] {
  return types.map((rules) => ({
    ...{ type: rules.type, label: rules.label, fields: [], jsonSchema: {}, rules, hasFunctions: false },
    permissions: { add: true, change: true, delete: true },
    ...differing[rules.type],
  }));
}

/** A session over an outline such as `page/page(a/text)`, with the first of `selected` selected first. */
export function sessionOf(
  outline: string | Tree,
  {
    selected = [],
    data,
    types = TYPES,
  }: { selected?: readonly string[]; data?: Partial<EditorData>; types?: readonly TypeRules[] } = {},
): TestSession {
  const tree = signal(typeof outline === 'string' ? treeOf(outline) : outline);
  const catalogue = catalogueOf(types);
  const steps: TestSession['steps'] = [];
  let made = 0;
  const unused = () => assert.fail('no test of commands needs this');
  return {
    ...{ catalogue, tree, steps, words: en, surface: createSurface() },
    data: { ...EDITOR_DATA, types: describedTypes(types), ...data },
    newId: () => `n${++made}`,
    outline: () => outlineOf(tree.value),
    acknowledged: signal({ sequence: 0, tree: tree.value }),
    saving: signal({ kind: 'saved', at: undefined }),
    conflicts: signal([]),
    people: signal([]),
    state: signal(undefined),
    selection: signal(
      selected.length === 0 ? NO_SELECTION : { ...selectOne(selected[0] ?? ''), ids: selected },
    ),
    lostLinks: signal(new Map()),
    announcement: signal(''),
    canUndo: signal(undefined),
    canRedo: signal(undefined),
    edit(label, operations) {
      let next = tree.value;
      for (const operation of operations) {
        const checked = checkOperation(next, operation, catalogue);
        if (!checked.ok) return checked;
        next = checked.tree;
      }
      tree.value = next;
      steps.push({ label, operations });
      return { ok: true };
    },
    record: unused,
    undo: unused,
    redo: unused,
    settle: unused,
    flush: async () => true,
  };
}
