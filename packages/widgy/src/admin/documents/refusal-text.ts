import type { DocumentRefusal } from '../../documents/index.ts';
import type { Conflict } from '../../tree/rebase.ts';
import type { Site } from '../../widgets/site.ts';
import { sentence, typeLabel } from './widget-text.ts';

const ACTIONS = { add: 'add', change: 'change', delete: 'delete' } as const;

/** Why something was not done to a document, for the people who edit it, and what they can do. */
export function refusalText(site: Site<never>, refusal: DocumentRefusal): string {
  switch (refusal.code) {
    case 'conflict':
      return conflictText(refusal.conflict);
    case 'stale':
    case 'log-gone':
    case 'sequence-unknown':
      return 'Somebody else changed this meanwhile, so nothing was done. Look at how it is now, and do it again if you still want to.';
    case 'not-permitted':
      return `You may not ${ACTIONS[refusal.action]} widgets of the type “${typeLabel(site, refusal.type)}”.`;
    case 'change-missing':
      return 'This change is too old to be taken back.';
    case 'widget-missing':
      return 'The widget is not there any more, or what it stood in is gone.';
    case 'commit-missing':
      return 'There is no such version.';
    case 'nothing-changed':
      return 'Nothing has changed since the newest version, so there is nothing to publish.';
    case 'nothing-committed':
      return 'Nothing was published yet.';
    case 'links-missing':
      return 'It links to something that is not there any more. Choose another target for the link.';
    case 'commit-published':
      return 'This version is on the site already.';
    case 'commit-superseded':
      return 'A newer version is on the site already.';
    case 'draft-changed':
      return 'The draft has changes that are in no version yet.';
    case 'key-reused':
      return 'This form was sent before, with something else in it. Look at how it is now, and do it again.';
    case 'text-invalid':
      return 'The note is too long, or has characters in it that cannot be kept.';
    default:
      return sentence(refusal.what);
  }
}

function conflictText({ code }: Conflict): string {
  switch (code) {
    case 'removed':
      return 'Somebody else deleted it meanwhile, or changed what was to be deleted. Look at how it is now.';
    case 'moved':
    case 'cycle':
    case 'wrapped':
      return 'Somebody else moved it meanwhile. Look at where it is now, and move it again if you still want to.';
    case 'fields':
      return 'Somebody else changed the same fields meanwhile. Look at how they are now.';
    case 'id-taken':
      return 'This was added already.';
  }
}
