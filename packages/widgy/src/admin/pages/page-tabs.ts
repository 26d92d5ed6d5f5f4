import type { Page } from '../../pages/index.ts';
import type { Widgy } from '../../server/widgy.ts';

/** The parts of a page, each a page of the administration. */
export const PAGE_TABS = [
  { name: 'content', label: 'Content' },
  { name: 'details', label: 'Details' },
  { name: 'history', label: 'History' },
] as const;

/** One of {@link PAGE_TABS}. */
export type PageTab = (typeof PAGE_TABS)[number]['name'];

/** The tabs of a page. One that only leads elsewhere has no content. */
export function pageTabs({ adminUrl }: Pick<Widgy, 'adminUrl'>, page: Page, current: PageTab) {
  const { id } = page;
  const document = page.kind === 'page' ? page.document : null;
  return PAGE_TABS.filter(({ name }) => name === 'details' || document !== null).map(({ name, label }) => ({
    label,
    url: name === 'details' ? `${adminUrl}/pages/${id}` : `${adminUrl}/documents/${document}/${name}`,
    isCurrent: name === current,
  }));
}
