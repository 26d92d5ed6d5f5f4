import type { NeededPermission } from '../../widgets/needed-permissions.ts';
import type { Author } from '../author.ts';
import { type RefusedDocument, refuseDocument } from '../refusal.ts';

/** Asks whether somebody may do some things; gives the refusal of the first that they may not. */
export async function askFor(
  needed: readonly NeededPermission[],
  { may }: Author,
): Promise<RefusedDocument | undefined> {
  for (const { action, type } of needed) {
    if ((await may(action, type)) === true) continue;
    const what = `you may not ${action} widgets of the type "${type}"`;
    return refuseDocument({ code: 'not-permitted', what, action, type });
  }
  return undefined;
}

/** The text under which two needed permissions are the same. */
export function permissionKey({ action, type }: NeededPermission): string {
  return `${action} ${type}`;
}

/** A change if somebody may make it. */
export async function permitted<T extends { readonly needed: readonly NeededPermission[] }>(
  change: (T & { readonly ok: true }) | RefusedDocument,
  author: Author,
): Promise<(T & { readonly ok: true }) | RefusedDocument> {
  return change.ok ? ((await askFor(change.needed, author)) ?? change) : change;
}
