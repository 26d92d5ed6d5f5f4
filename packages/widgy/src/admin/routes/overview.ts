import type { AdminCall } from '../call.ts';
import { comingPages } from '../coming-pages.ts';
import { editUrl } from '../pages/tree-rows.ts';
import { recentPages } from '../recent-pages.ts';
import type { AdminRoute } from '../route.ts';
import { addressText, stateText, whenText } from '../words.ts';

/** The first page of the administration. */
export const overviewRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/', access: 'signed-in', handle: showOverview },
];

async function showOverview({ widgy, render, may }: AdminCall) {
  const { pages, database, compressor, adminUrl } = widgy;
  const mayRead = may('pages.read');
  const { recent, changed, total } = mayRead
    ? await recentPages(pages)
    : { recent: [], changed: [], total: undefined };
  const now = widgy.now();
  const row = (listed: (typeof recent)[number]) => ({
    title: listed.page.title,
    url: `${adminUrl}${editUrl(listed.page)}`,
    address: addressText(listed.page.path),
    state: stateText(listed, now),
    when: whenText(listed.page.updatedAt, now),
  });
  return await render('overview', {
    coming: mayRead ? await comingPages(pages, database) : [],
    mayCreate: may('pages.create'),
    mayRead,
    recent: recent.map(row),
    changed: changed.map(row),
    facts: [
      ...(total === undefined ? [] : [{ label: 'Pages', value: total }]),
      { label: 'Database', value: database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL' },
      { label: 'Assets', value: ASSETS[compressor.config.mode] },
    ],
  });
}

const ASSETS = {
  development: 'compiled one by one, in development',
  'in-request': 'built when they are first asked for',
  offline: 'built ahead of time',
} as const;
