import { ALL_SITES, type Role, type User, type UserRole } from '../../accounts/index.ts';
import type { StateText } from '../words.ts';

/** What there is to know of whether somebody can sign in. */
export function personState({ isActive, hasPassword, mustChangePassword }: User): StateText {
  if (!isActive) return { name: 'disabled', label: 'May not sign in' };
  if (!hasPassword) return { name: 'scheduled', label: 'Invited' };
  if (mustChangePassword) return { name: 'changed', label: 'One-time password' };
  return { name: 'active', label: 'Active' };
}

/** The roles of somebody as they are read: those of this site by their labels alone. */
export function rolesText(given: readonly UserRole[], roles: readonly Role[], siteId: string): string {
  const texts = given.map(({ site, role }) => {
    const label = roles.find(({ name }) => name === role)?.label ?? role;
    if (site === siteId) return label;
    return site === ALL_SITES ? `${label} (all sites)` : `${label} (${site})`;
  });
  return texts.length === 0 ? 'None' : texts.join(', ');
}
