import { readDraft } from '../../documents/index.ts';
import { contentSecurityPolicy, createNonce, pageHeaders } from '../../server/content-security.ts';
import { wentWrong } from '../../server/error-pages.ts';
import { ANSWERED } from '../call.ts';
import type { DocumentCall } from '../documents/document-call.ts';
import { shownAs } from '../documents/preview.ts';
import { withoutScripts } from '../documents/without-scripts.ts';

/**
 * Shows the preview of the draft with one script in it, which looks for what keeps people from using the page, and tells the page around it.
 *
 * The page is in the origin of the people who edit, and shows what anybody may have written. Of that nothing runs: the policy lets run only
 * what has a nonce that nothing else in the page has, the one for styles included; and the script stands before all that was written, where no
 * tag that was left open can take its nonce.
 */
export async function showCheck(call: DocumentCall) {
  const { widgy, found, reply, render } = call;
  const { compressor, contentSources } = widgy;
  const read = await readDraft(widgy.documents, found.document);
  if (read === undefined) return await render('error', { ...wentWrong(404) }, 404);
  const [nonce, checker] = [createNonce(), createNonce()];
  const { template, variables } = await shownAs(call, read.draft.tree);
  const body = withoutScripts(await compressor.render(template, variables, { nonce }));
  const tags = await compressor.render('widgy/documents/check-script', {}, { nonce: checker });
  reply
    .headers(pageHeaders('preview'))
    .header('content-security-policy', contentSecurityPolicy('preview', nonce, contentSources, checker))
    .send(withFirst(body, scriptIn(tags)));
  return ANSWERED;
}

/** The script of the block. In development the one that reloads pages stands before it. */
function scriptIn(tags: string): string {
  const script = tags.match(/<script\b[^>]*><\/script>/g)?.at(-1);
  if (script === undefined) throw new Error('the template of the script has none');
  return script;
}

/** A page with something before all that it has: at the beginning of its head, or else behind its doctype. */
export function withFirst(page: string, first: string): string {
  const { 0: start = '' } =
    /^[\s\S]*?<head(?=[\s>])[^>]*>/i.exec(page) ?? /^\s*(?:<!doctype[^>]*>)?/i.exec(page) ?? [];
  return start + first + page.slice(start.length);
}
