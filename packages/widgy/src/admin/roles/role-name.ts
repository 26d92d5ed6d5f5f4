import { hash } from 'node:crypto';
import { MAX_ROLE_NAME_LENGTH } from '../../accounts/limits.ts';

/** The name of a role that is made with this label: the same each time, so that a form which is sent twice makes one role. */
export function roleNameOf(label: string): string {
  const name = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, MAX_ROLE_NAME_LENGTH)
    .replace(/-+$/, '');
  // A label in letters that a name cannot have still needs one of its own.
  return name === '' ? `role-${hash('sha256', label.trim()).slice(0, 12)}` : name;
}
