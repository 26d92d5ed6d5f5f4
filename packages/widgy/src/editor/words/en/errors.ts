import type { FieldCode, FieldLimit, ProblemTexts, RefusalCode, RefusalNames } from '../codes.ts';
import { fields } from './fields.ts';
import { refusals } from './refusals.ts';

/** What the server and the rules refuse, and why. */
export const errors = {
  problems: {
    malformed: 'The server could not read the request. Load the page again.',
    invalid: 'The server did not understand the request. Load the page again.',
    'operations-too-many': 'That is too much at once. Do it in smaller parts.',
    'sequence-unknown': 'This tab knows something that the server does not. Load the page again.',
    'text-invalid': 'This text cannot be kept. It has characters that are not allowed, or is too long.',
    unauthenticated: 'You are signed out. Sign in to go on.',
    'author-changed': 'Somebody else is signed in by now.',
    forbidden: 'You may not do this.',
    'cross-origin': 'The request came from another site and was refused.',
    'not-permitted': 'You may not do this with widgets of this type.',
    'route-missing': 'The server does not know this. Load the page again.',
    'document-missing': 'This page is not there any more.',
    'commit-missing': 'There is no such version.',
    'change-missing': 'This change is not kept any more.',
    'widget-missing': 'This widget is not there any more.',
    'method-refused': 'The server does not do this here. Load the page again.',
    'document-exists': 'There is such a page already.',
    'owner-taken': 'The page has content already.',
    'tree-invalid': 'This content is against the rules.',
    'operation-refused': 'This cannot be done.',
    'fields-invalid': 'Some fields cannot be kept as they are.',
    conflict: 'Somebody else changed the same.',
    stale: 'The page was changed meanwhile. Look at it again, then repeat this.',
    'log-gone': 'Too much has happened since. Load the page again.',
    'key-reused': 'This change was mixed up with another one. Do it again.',
    'nothing-changed': 'Nothing has changed since the last version.',
    'nothing-committed': 'There is no version yet.',
    'draft-changed': 'The draft has changes that are in no version.',
    'links-missing': 'A link points at something that is not there.',
    'commit-published': 'This version is on the site already.',
    'commit-superseded': 'A newer version is on the site already.',
    'client-taken': 'The server takes this tab for that of somebody else. Load the page again.',
    'presence-full': 'So many are here that the others do not see you.',
    'type-unknown': 'The site does not have this type of widget any more.',
    vetoed: 'The site did not allow this.',
    'too-large': 'That is too large.',
    'not-json': 'The server could not read the request. Load the page again.',
    unexpected: 'Something went wrong on the server. Try again.',
    'streams-full': 'Too many people are here at once. What others do is shown later.',
    unavailable: 'The server cannot save at present. It is tried again.',
  } satisfies ProblemTexts,
  /** Where there is no answer of the server, or none that can be read. */
  noAnswer: 'The server does not answer.',
  siteSays: ({ detail }: { detail: string }) => `The site says: ${detail}`,
  /** Why an operation is refused. What is not known of the names is left out of the sentence. */
  refusal: ({ code, ...names }: { code: RefusalCode } & RefusalNames) => refusals[code](names),
  /** What is wrong with the value of a field. */
  field: ({ code, limit }: { code: FieldCode } & FieldLimit) => fields[code]({ limit }),
};
