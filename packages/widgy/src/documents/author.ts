import type { WidgetAction } from '../widgets/define-widget.ts';
import { isPermitted } from '../widgets/permissions.ts';
import type { Site } from '../widgets/site.ts';

/** Who does something to a document: what is recorded of them, and what they may do. */
export interface Author {
  /** Recorded with what they do; null where nobody is known. */
  readonly id: string | null;
  /** Whether they may do something with widgets of a type. */
  readonly may: (action: WidgetAction, type: string) => boolean | Promise<boolean>;
}

/** Somebody whom the permissions of a site are asked about. */
export function authorOf<User>(site: Site<User>, user: User, id: string | null): Author {
  return { id, may: (action, type) => isPermitted(site, user, action, type) };
}

/** Somebody who may do everything: code of the site itself, and never a request. */
export function trustedAuthor(id: string | null = null): Author {
  return { id, may: () => true };
}
