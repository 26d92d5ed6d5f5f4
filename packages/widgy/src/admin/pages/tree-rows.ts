import { type ListedPage, listChildren, type Page, type PageStore } from '../../pages/index.ts';
import { addressText, type StateText, stateText } from '../words.ts';

/** Pages of one level that are shown at once. */
export const PAGES_SHOWN = 100;

/** Branches that may be open at once; one statement is asked for each. */
export const MAX_OPEN_BRANCHES = 30;

/** A page in the tree, as it is shown. */
export interface TreeRow {
  readonly id: string;
  /** 0 for pages at the top. */
  readonly depth: number;
  readonly parent: string | null;
  readonly title: string;
  readonly address: string;
  readonly kind: 'page' | 'link';
  readonly state: StateText;
  readonly revision: number;
  /** Where it is edited, below the address of the administration. */
  readonly url: string;
  readonly isOpen: boolean;
  /** What opens or closes it, behind the `?` of the page; undefined where nothing is below it. */
  readonly toggle: string | undefined;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The page with the same parent that follows it, and the one that follows that: what it is moved by. */
  readonly previous: string | undefined;
  readonly afterNext: string | null;
  readonly mayHaveChildren: boolean;
}

/** What is shown of the tree. */
export interface TreeView {
  /** The pages that are open, in the order in which they were opened. */
  readonly open: readonly string[];
  /** How many pages of the top level are left out in front. */
  readonly offset: number;
}

/** Reads what is shown of the tree from what stands behind the `?` of its address. */
export function readTreeView(query: URLSearchParams): TreeView {
  const open = [...new Set(query.getAll('open'))].slice(0, MAX_OPEN_BRANCHES);
  const offset = Math.max(0, Math.trunc(Number(query.get('from') ?? 0)) || 0);
  return { open, offset };
}

/** Writes what {@link readTreeView} reads. */
export function formatTreeView({ open, offset }: TreeView): string {
  const query = new URLSearchParams(open.map((id): [string, string] => ['open', id]));
  if (offset > 0) query.set('from', String(offset));
  return query.size === 0 ? '' : `?${query}`;
}

/** The rows of the tree, with what is open in it, and how many pages are at the top. One statement for each branch that is open, and one. */
export async function treeRows(
  pages: PageStore,
  view: TreeView,
): Promise<{ readonly rows: readonly TreeRow[]; readonly total: number }> {
  const top = await listChildren(pages, null, { offset: view.offset, limit: PAGES_SHOWN });
  const open = new Set(view.open);
  const now = pages.now();
  const rowsOf = async (listed: readonly ListedPage[], total: number, offset: number, depth: number) => {
    const rows: TreeRow[] = [];
    for (const [at, one] of listed.entries()) {
      rows.push({
        ...rowOf(one, view, depth, now),
        isFirst: offset + at === 0,
        isLast: offset + at === total - 1,
        previous: listed[at - 1]?.page.id,
        afterNext: listed[at + 2]?.page.id ?? null,
      });
      if (one.children === 0 || !open.has(one.page.id)) continue;
      const below = await listChildren(pages, one.page.id, { limit: PAGES_SHOWN });
      rows.push(...(await rowsOf(below.pages, below.total, 0, depth + 1)));
    }
    return rows;
  };
  return { rows: await rowsOf(top.pages, top.total, view.offset, 0), total: top.total };
}

/** The rows of pages that were searched for. */
export function foundRows(listed: readonly ListedPage[], now: number): readonly TreeRow[] {
  return listed.map((one) => ({
    ...rowOf(one, { open: [], offset: 0 }, 0, now),
    ...{ toggle: undefined, isFirst: true, isLast: true, previous: undefined, afterNext: null },
  }));
}

function rowOf({ page, children, ...listed }: ListedPage, view: TreeView, depth: number, now: number) {
  const isOpen = view.open.includes(page.id);
  const open = isOpen ? view.open.filter((id) => id !== page.id) : [...view.open, page.id];
  return {
    ...{ id: page.id, depth, parent: page.parent, title: page.title, kind: page.kind, isOpen },
    address: addressText(page.path),
    state: stateText(listed, now),
    revision: page.revision,
    url: editUrl(page),
    toggle: children === 0 ? undefined : formatTreeView({ ...view, open }) || '?',
    mayHaveChildren: page.path !== '',
  };
}

/** Where a page is edited, below the address of the administration: what it shows, or, of one that only leads elsewhere, where that is. */
export function editUrl(page: Page): string {
  return page.kind === 'page' && page.document !== null
    ? `/documents/${page.document}/content`
    : `/pages/${page.id}`;
}
