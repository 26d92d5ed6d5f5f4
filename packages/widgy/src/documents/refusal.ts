import type { Owner } from '../database/owner.ts';
import type { Link } from '../links/links-in.ts';
import type { Problem } from '../tree/problems.ts';
import type { Conflict } from '../tree/rebase.ts';
import type { RuleRefusal, Violation } from '../tree/rules/violation.ts';
import type { WidgetAction } from '../widgets/define-widget.ts';
import type { FieldError } from '../widgets/fields/field-error.ts';
import { formatReference } from '../widgets/fields/reference.ts';

/** A place in a list of operations that was asked for, from 0. */
interface AtOperation {
  readonly index: number;
}

/** Where a document is, for somebody who knew an older state of it. */
interface AtSequence {
  /** The number of the last change of the draft, as far as is known. */
  readonly sequence: number;
}

/** What is there now of what somebody looked at; only that. */
export interface StaleDetails {
  readonly sequence?: number;
  /** The number of the newest commit; null where there is none. */
  readonly head?: number | null;
  readonly owner?: Owner | null;
  /** The time at which the commit is to be shown. */
  readonly publishAt?: number | null;
}

/** What goes with each reason, beside the code and the sentence. */
interface Details {
  'document-missing': { readonly document: string };
  'commit-missing': { readonly commit: number };
  'change-missing': { readonly change: number };
  'widget-missing': { readonly widget: string };
  'document-exists': { readonly document: string };
  /** The owner has another document in that field. */
  'owner-taken': object;
  /** A tree that was to be made into a document is none, or is against the rules. */
  'tree-invalid': { readonly problems: readonly Problem[]; readonly violations: readonly Violation[] };
  'operation-refused': AtOperation & { readonly refusal: RuleRefusal };
  'operations-too-many': { readonly limit: number };
  'fields-invalid': AtOperation & { readonly widget: string; readonly errors: readonly FieldError[] };
  'not-permitted': { readonly action: WidgetAction; readonly type: string };
  /** Somebody else did meanwhile what cannot be done together with this: the conflict has both. */
  conflict: AtOperation & AtSequence & { readonly conflict: Conflict };
  /** What was looked at is not what is there any more, and what was asked for is about all of it: what is there now. */
  stale: StaleDetails;
  /** The sequence number that was named has not come yet. */
  'sequence-unknown': AtSequence;
  /** The changes since the sequence number that was named are not kept any more. */
  'log-gone': AtSequence & { readonly oldest: number };
  /** The key was used for another request. */
  'key-reused': object;
  'nothing-changed': object;
  'nothing-committed': object;
  /** The draft has changes that are in no commit. */
  'draft-changed': AtSequence;
  /** What these links point at is not there, or no picture where a field takes nothing else. */
  'links-missing': { readonly links: readonly Link[] };
  /** A key of a request, or the message of a commit, cannot be kept. */
  'text-invalid': object;
  /** The commit was shown to visitors already, so its time is not to be changed. */
  'commit-published': { readonly commit: number };
  /** A newer commit is shown to visitors, so this one never will be. */
  'commit-superseded': { readonly commit: number; readonly live: number };
  /** The client that is said to be at a document is there already, and somebody else's. */
  'client-taken': { readonly client: string };
  /** As many clients are at the document as can be, or as many of this author. */
  'presence-full': object;
  /** A hook of the site refused; the sentence is the hook's. */
  vetoed: object;
}

/** Why nothing was done to a document; see {@link DocumentRefusal}. */
export type DocumentRefusalCode = keyof Details;

/** All codes, for documentation and for mapping them. */
export const DOCUMENT_REFUSAL_CODES = [
  'document-missing',
  'commit-missing',
  'change-missing',
  'widget-missing',
  'document-exists',
  'owner-taken',
  'tree-invalid',
  'operation-refused',
  'operations-too-many',
  'fields-invalid',
  'not-permitted',
  'conflict',
  'stale',
  'sequence-unknown',
  'log-gone',
  'key-reused',
  'nothing-changed',
  'nothing-committed',
  'draft-changed',
  'links-missing',
  'text-invalid',
  'commit-published',
  'commit-superseded',
  'client-taken',
  'presence-full',
  'vetoed',
] as const satisfies readonly DocumentRefusalCode[];

/** Why nothing was done: a code, a sentence, and what belongs to the code. It is a value; nothing of the document has changed. */
export type DocumentRefusal = {
  readonly [Code in DocumentRefusalCode]: { readonly code: Code; readonly what: string } & Details[Code];
}[DocumentRefusalCode];

/** A refused answer. */
export interface RefusedDocument {
  readonly ok: false;
  readonly refusal: DocumentRefusal;
}

/** Makes a refused answer. */
export function refuseDocument(refusal: DocumentRefusal): RefusedDocument {
  return { ok: false, refusal };
}

/** The refusal for a document that is not there. */
export function documentMissing(document: string): RefusedDocument {
  return refuseDocument({ code: 'document-missing', what: `there is no document "${document}"`, document });
}

/** The refusal for an operation that does not fit, or that a rule is against. */
export function operationRefused({
  index,
  refusal,
}: {
  readonly index: number;
  readonly refusal: RuleRefusal;
}): DocumentRefusal {
  return { code: 'operation-refused', what: refusal.what, index, refusal };
}

/** The refusal for what cannot be done together with what others did. */
export function conflictWith(
  { index, conflict }: { readonly index: number; readonly conflict: Conflict },
  sequence: number,
): RefusedDocument {
  const what = 'somebody else changed meanwhile what this is about';
  return refuseDocument({ code: 'conflict', what, index, conflict, sequence });
}

/** The refusal for what is about all of something that has changed since it was looked at. */
export function stale(what: string, now: StaleDetails): DocumentRefusal & { readonly code: 'stale' } {
  return { code: 'stale', what: `${what} meanwhile`, ...now };
}

/** The same of a draft. */
export function staleDraft(sequence: number): RefusedDocument {
  return refuseDocument(stale('the draft was changed', { sequence }));
}

/** The refusal for a commit that is not there. */
export function commitMissing(commit: number): RefusedDocument {
  return refuseDocument({ code: 'commit-missing', what: `there is no commit ${commit}`, commit });
}

/** The refusal for a tree that was to be made into a document. */
export function treeInvalid(
  what: string,
  {
    problems = [],
    violations = [],
  }: { problems?: readonly Problem[]; violations?: readonly Violation[] } = {},
): RefusedDocument {
  return refuseDocument({ code: 'tree-invalid', what, problems, violations });
}

/** The refusal for links to what is not there, or is not what their fields take. */
export function linksMissing(links: readonly Link[]): DocumentRefusal {
  const names = (some: readonly Link[]) =>
    [...new Set(some.map(({ target }) => formatReference(target)))].join(', ');
  const pictures = links.filter(({ isPicture }) => isPicture === true);
  const others = links.filter(({ isPicture }) => isPicture !== true);
  const what = [
    ...(others.length === 0 ? [] : [`there is nothing at ${names(others)}`]),
    ...(pictures.length === 0 ? [] : [`there is no picture at ${names(pictures)}`]),
  ].join(', and ');
  return { code: 'links-missing', what, links };
}
