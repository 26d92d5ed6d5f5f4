import assert from 'node:assert/strict';
import { type Tree, walk } from 'widgy/tree';
import { CONTENT, type WrittenWidget } from './editor-fixture.ts';
import type { EditorSuite, OpenPage } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';

const TABS: WrittenWidget = {
  id: 'tabs',
  type: 'tabs',
  children: [
    {
      ...{ id: 'one', type: 'tab', fields: { title: 'One' } },
      children: [{ id: 'first', type: 'text', fields: { text: '<p>In one.</p>' } }],
    },
    { id: 'two', type: 'tab', fields: { title: 'Two' } },
  ],
};

const END: WrittenWidget = { id: 'end', type: 'text', fields: { text: '<p>The sea.</p>' } };

/** A page on which not everything is allowed everywhere: tabs stand in their own widget only, and sections right on the page. The tabs stand before the empty section. */
export const OUTLINE: readonly WrittenWidget[] = [...CONTENT.toSpliced(3, 0, TABS), END];

/** A page of a test with the rows of its outline, as they are at first. */
export interface OpenOutline extends OpenPage {
  readonly rows: readonly SeenRow[];
}

/** Makes a page, and opens its editor for Ann. */
export async function openOutline(editor: EditorSuite, title: string): Promise<OpenOutline> {
  const opened = await editor.open(title, OUTLINE);
  await opened.tab.row('The sea').waitFor();
  return { ...opened, rows: await rowsOf(opened.tab) };
}

/** A row as it is seen, in CSS pixels of the window. */
export interface SeenRow {
  readonly key: string;
  readonly isAdd: boolean;
  readonly level: number;
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  /** Where what it says begins. */
  readonly start: number;
}

/** The rows that are seen, from the top down. */
export async function rowsOf({ outline }: Pick<EditorTab, 'outline'>): Promise<readonly SeenRow[]> {
  const rows = await outline.getByRole('treeitem').evaluateAll((all) =>
    all.map((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return {
        key: row.getAttribute('data-key') ?? '',
        isAdd: row.classList.contains('outline-add'),
        level: Number(row.getAttribute('aria-level')),
        name: row.getAttribute('aria-label') ?? '',
        ...{ top, bottom, start: row.firstElementChild?.getBoundingClientRect().left ?? 0 },
      };
    }),
  );
  return rows.toSorted((a, b) => a.top - b.top);
}

/** What the outline says, as indented lines of keys. Rows that add are left out. */
export function linesOf(rows: readonly SeenRow[]): string {
  const shown = rows.filter(({ isAdd }) => !isAdd);
  return shown.map(({ key, level }) => `${'  '.repeat(level - 1)}${key}`).join('\n');
}

/** Checks which row the keyboard is on, and what is selected, in the order of the page. */
export async function assertOn(
  tab: EditorTab,
  active: string,
  selected: string,
  told: string,
): Promise<void> {
  const tree = tab.outline.getByRole('tree');
  const now = await tree.evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant') ?? '';
    const keyOf = (row: Element | null) => row?.getAttribute('data-key') ?? '';
    const rows = [...element.querySelectorAll('[aria-selected="true"]')];
    const top = (row: Element) => row.getBoundingClientRect().top;
    return [
      keyOf(document.getElementById(id)),
      rows
        .toSorted((a, b) => top(a) - top(b))
        .map(keyOf)
        .join(' '),
    ];
  });
  assert.deepEqual(now, [active, selected], told);
}

/** The ids of all widgets of a tree, in the order of the page. */
export function idsIn({ root }: Tree): readonly string[] {
  return Array.from(walk(root), ({ id }) => id);
}
