import { type ListedPage, listRecentPages, type PageStore } from '../pages/index.ts';

/** How many pages each list of the overview has. */
const SHOWN = 6;

/** The pages that were worked on last, those of them that visitors do not see as they are, and how many pages there are. One statement. */
export async function recentPages(pages: PageStore): Promise<{
  readonly recent: readonly ListedPage[];
  readonly changed: readonly ListedPage[];
  readonly total: number;
}> {
  const { pages: listed, total } = await listRecentPages(pages, { limit: SHOWN * 5 });
  const changed = listed.filter(({ state }) => state === 'draft' || state === 'changed');
  return { recent: listed.slice(0, SHOWN), changed: changed.slice(0, SHOWN), total };
}
