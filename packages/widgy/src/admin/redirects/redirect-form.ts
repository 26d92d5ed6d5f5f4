import type { PageRefusal, Redirect, WantedTarget } from '../../pages/index.ts';
import type { FormBody } from '../../server/forms.ts';
import { isId } from '../../tree/widget.ts';
import { addressText } from '../words.ts';

/** Where a redirect can lead. */
export const TARGET_KINDS = ['page', 'url', 'gone'] as const;

/** One of {@link TARGET_KINDS}. */
export type TargetKind = (typeof TARGET_KINDS)[number];

/** What the controls of the form of a redirect show: what is kept, or what was typed. */
export interface RedirectForm {
  readonly from: string;
  readonly kind: TargetKind;
  /** The id of the page that is chosen; empty for none. */
  readonly page: string;
  readonly url: string;
  /** What pages are searched by. */
  readonly find: string;
}

/** Something that is wrong with it, and the control that it is about; none for all of it. */
export interface RedirectFault {
  readonly field: 'from' | 'page' | 'url' | undefined;
  readonly message: string;
  /** The id of another redirect that it is about. */
  readonly other?: string;
}

/** The form of a redirect that is there. */
export function formOf({ from, to }: Redirect): RedirectForm {
  return {
    ...{ from: addressText(from), kind: to.kind, find: '' },
    page: to.kind === 'page' ? to.page.id : '',
    url: to.kind === 'url' ? to.url : '',
  };
}

/** An empty form for a new redirect, or one with the address that a link to it names. */
export function newForm(query: URLSearchParams): RedirectForm {
  return { from: query.get('from') ?? '', kind: 'page', page: '', url: '', find: '' };
}

/** What was sent. */
export function formIn(form: FormBody): RedirectForm {
  const text = (name: string) => form.text(name) ?? '';
  return {
    kind: TARGET_KINDS.find((kind) => kind === text('to')) ?? 'page',
    ...{ from: text('from'), page: text('page'), url: text('url'), find: text('find').trim() },
  };
}

/**
 * Whether pages are to be searched for, and nothing is to be kept: the button beside the search was pressed, or Enter after something else
 * was typed there than what the pages that are offered were found by.
 */
export function isSearch(form: FormBody): boolean {
  const action = form.text('action');
  if (action === 'find') return true;
  return action === 'enter' && (form.text('find') ?? '').trim() !== (form.text('found') ?? '');
}

/** Where somebody wants it to lead; what is missing for that. */
export function targetOf({ kind, page, url }: RedirectForm): WantedTarget | RedirectFault {
  switch (kind) {
    case 'page':
      return !isId(page) ? { field: 'page', message: 'Choose a page.' } : { kind, page };
    case 'url':
      return url.trim() === '' ? { field: 'url', message: 'Enter an address.' } : { kind, url };
    case 'gone':
      return { kind };
  }
}

/** Whether a redirect is what somebody wants already: then a form that was sent twice has done its work. */
export function isDone({ from, to }: Redirect, wantedFrom: string, wanted: WantedTarget): boolean {
  if (addressText(from) !== wantedFrom.trim() || to.kind !== wanted.kind) return false;
  if (to.kind === 'page') return wanted.kind === 'page' && to.page.id === wanted.page;
  return to.kind === 'gone' || (wanted.kind === 'url' && to.url === wanted.url.trim());
}

/** What the pages refused, for the controls that it is about, with what to do. */
export function faultsOf(refusal: PageRefusal, kind: TargetKind): readonly RedirectFault[] {
  const target = kind === 'gone' ? undefined : kind;
  switch (refusal.code) {
    case 'fields-invalid':
      return refusal.errors.map(({ field, message }) => ({
        field: field === 'from' ? 'from' : target,
        message,
      }));
    case 'address-taken': {
      const message = `${refusal.what} A redirect from there would never be used. Give the page another address first.`;
      return [{ field: 'from', message }];
    }
    case 'redirect-exists':
      return [{ field: 'from', message: refusal.what, other: refusal.redirect.id }];
    case 'redirect-loop':
      return [{ field: target, message: `${refusal.what} Let it lead elsewhere.` }];
    case 'page-missing':
    case 'page-deleted':
      return [{ field: 'page', message: 'This page is not there any more. Choose another one.' }];
    case 'stale':
      return 'redirect' in refusal
        ? [{ field: undefined, message: staleText(refusal.redirect) }]
        : [{ field: undefined, message: refusal.what }];
    default:
      return [{ field: undefined, message: refusal.what }];
  }
}

function staleText(now: Redirect): string {
  return `Somebody changed it meanwhile. ${describe(now)} Save again to replace that.`;
}

/** What a redirect does, in a sentence. */
export function describe({ from, to }: Redirect): string {
  const source = addressText(from);
  if (to.kind === 'gone') return `It says that ${source} is gone.`;
  return `It leads from ${source} to ${to.kind === 'url' ? to.url : `the page “${to.page.title}”`}.`;
}
