import { may, type SignedIn } from '../accounts/index.ts';
import type { Widgy } from '../server/widgy.ts';

/** An entry of the navigation. */
interface Entry {
  readonly section: string;
  readonly label: string;
  readonly icon: string;
  /** Any of these is enough. */
  readonly permissions: readonly string[];
}

const ENTRIES: readonly Entry[] = [
  { section: '', label: 'Overview', icon: 'home', permissions: ['admin.enter'] },
  { section: 'pages', label: 'Pages', icon: 'pages', permissions: ['pages.read'] },
  { section: 'callouts', label: 'Call-outs', icon: 'callouts', permissions: ['callouts.edit'] },
  { section: 'media', label: 'Media', icon: 'media', permissions: ['media.upload'] },
  { section: 'redirects', label: 'Redirects', icon: 'redirects', permissions: ['redirects.manage'] },
  { section: 'settings', label: 'Settings', icon: 'settings', permissions: ['settings.change'] },
  { section: 'people', label: 'People', icon: 'people', permissions: ['users.manage'] },
  { section: 'roles', label: 'Roles', icon: 'roles', permissions: ['users.manage'] },
];

/** The entries that somebody may open. */
export function navigationFor({ adminUrl, siteId, callouts }: Widgy, user: SignedIn, path: string) {
  const current = path.slice(adminUrl.length).split('/')[1] ?? '';
  return ENTRIES.filter(
    ({ section, permissions }) =>
      (section !== 'callouts' || callouts !== undefined) &&
      permissions.some((permission) => may(user, permission, siteId)),
  ).map(({ section, label, icon }) => ({
    ...{ label, icon },
    url: `${adminUrl}/${section}`,
    isCurrent: section === current,
  }));
}
