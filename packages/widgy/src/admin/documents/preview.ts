import { readVersion, type Version } from '../../documents/index.ts';
import { addressOfPath, wayToPage } from '../../pages/index.ts';
import { contentSecurityPolicy, createNonce, pageHeaders } from '../../server/content-security.ts';
import { wentWrong } from '../../server/error-pages.ts';
import {
  mountOf,
  pageVariables,
  readSiteContent,
  referencesOf,
  siteVariables,
  templateOf,
} from '../../server/page-variables.ts';
import type { Tree } from '../../tree/tree.ts';
import type { DocumentCall } from './document-call.ts';
import { wholeNumber } from './sent-key.ts';
import { withoutScripts } from './without-scripts.ts';

/**
 * Shows a version of a document as its page shows it, with the hooks and boxes of previews. Nothing in it runs: neither its policy nor its
 * frame lets it, and its scripts are left out, since browsers complain about each of them. With `?heard=yes` its policy alone sees to that.
 */
export async function showPreview(call: DocumentCall) {
  const { widgy, found, query, reply, render } = call;
  const version = readVersionName(query.get('version') ?? 'draft');
  const read =
    version === undefined ? undefined : await readVersion(widgy.documents, found.document, version);
  if (read === undefined || !read.ok) return await render('error', { ...wentWrong(404) }, 404);
  const nonce = createNonce();
  const kind = query.get('heard') === 'yes' ? 'heard-preview' : 'preview';
  const { template, variables } = await shownAs(call, read.tree);
  const body = await widgy.compressor.render(template, variables, { nonce });
  return reply
    .headers(pageHeaders(kind))
    .header('content-security-policy', contentSecurityPolicy(kind, nonce, widgy.contentSources))
    .send(withoutScripts(body));
}

/** Reads the name of a version: `draft`, or the number of a commit. */
export function readVersionName(text: string): Version | undefined {
  return text === 'draft' ? text : wholeNumber(text);
}

/** The template that shows a tree as the page of a document does, with its variables, and what the links of the tree lead to. */
export async function shownAs({ widgy, found, user, request }: DocumentCall, tree: Tree) {
  const { owner } = found;
  if (owner.kind === 'callout') {
    const references = await referencesOf(widgy, tree, true);
    const variables = {
      ...siteVariables(widgy, await readSiteContent(widgy, user), '', user),
      ...{ title: owner.callout.name, tree },
      widgy: { purpose: 'preview', references },
    };
    return { template: 'widgy/documents/callout-preview', variables, references };
  }
  const { page } = owner;
  const way = await wayToPage(widgy.pages, page.id);
  const ancestors = way.filter(({ id }) => id !== page.id).map((one) => ({ ...one, isShown: true }));
  const ofPage = await pageVariables(widgy, { page, ancestors, tree }, 'preview');
  const variables = {
    ...siteVariables(widgy, await readSiteContent(widgy, user), addressOfPath(page.path), user),
    ...ofPage,
    // What is mounted is shown as to a visitor who asks for the page itself.
    ...(await mountOf(
      widgy,
      page,
    )?.({ page, rest: '', query: new URLSearchParams(), request, widgy, isSignedIn: true })),
  };
  const { references } = ofPage.widgy;
  return { template: `pages/${templateOf(widgy, page.template)}`, variables, references };
}
