import { z } from 'zod';
import { readCommit } from '../../documents/commits/history.ts';
import { compareVersions, readVersion, type Version } from '../../documents/commits/versions.ts';
import { readDraft } from '../../documents/drafts/read-draft.ts';
import {
  commitMissing,
  documentMissing,
  type RefusedDocument,
  refuseDocument,
} from '../../documents/refusal.ts';
import { etagOf, hasTag } from '../../etag.ts';
import { formatWidget } from '../../tree/format.ts';
import { hashWidget } from '../../tree/hash.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import type { Widget } from '../../tree/widget.ts';
import { htmlPage, json, jsonText, notModified } from '../answer.ts';
import type { ApiServices } from '../call.ts';
import { DOCUMENT_PARAMS, VERSION_PARAMS, VERSION_TEXT } from '../input.ts';
import { PREVIEW_POLICY } from '../preview.ts';
import { refuseCall } from '../problem.ts';
import { defineRoute, type Handled, NO_BODY, NOTHING } from '../route.ts';
import { Diff, Widget as WidgetSchema } from '../schemas/trees.ts';

/** The header that says which sequence number a draft is at. */
export const SEQUENCE_HEADER = 'Widgy-Sequence';

const NOT_MODIFIED = { 304: { what: 'The client has it already' } };

const tree = defineRoute({
  name: 'readTree',
  summary: 'The tree of a version as canonical JSON, with its content hash as ETag',
  method: 'GET',
  path: '/documents/:document/versions/:version/tree',
  policy: 'read',
  params: VERSION_PARAMS,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'The tree', schema: WidgetSchema }, ...NOT_MODIFIED },
  async handle({ api, params, request }) {
    const { document, version } = params;
    const { 'if-none-match': tags } = request.headers;
    if (version !== 'draft' && tags !== undefined) {
      // A commit's hash is known without its tree.
      const commit = await readCommit(api.documents, document, version);
      if (commit === undefined) return commitMissing(version);
      if (hasTag(tags, etagOf(commit.hash))) return notModified(headersOf(version, commit.hash));
    }
    const found = await versionAt(api, document, version);
    return found.ok ? widgetAnswer(found.tree.root, version, found.sequence, tags) : found;
  },
});

const subtree = defineRoute({
  name: 'readWidget',
  summary: 'A widget of a version with all below it',
  method: 'GET',
  path: '/documents/:document/versions/:version/widgets/:widget',
  policy: 'read',
  params: VERSION_PARAMS.extend({ widget: z.string() }),
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'The widget', schema: WidgetSchema }, ...NOT_MODIFIED },
  async handle({ api, params, request }) {
    const { document, version, widget } = params;
    const found = await versionAt(api, document, version);
    if (!found.ok) return found;
    const part = findWidget(found.tree, widget);
    if (part === undefined) return widgetMissing(widget);
    return widgetAnswer(part, version, found.sequence, request.headers['if-none-match']);
  },
});

const diff = defineRoute({
  name: 'compareVersions',
  summary: 'What is different between two versions, by widget',
  method: 'GET',
  path: '/documents/:document/diff',
  policy: 'read',
  params: DOCUMENT_PARAMS,
  query: z.strictObject({ before: VERSION_TEXT, after: VERSION_TEXT.optional() }),
  body: NO_BODY,
  answers: { 200: { what: 'The differences', schema: Diff } },
  async handle({ api, params, query }) {
    const { before, after = 'draft' } = query;
    const compared = await compareVersions(api.documents, params.document, before, after);
    return compared.ok ? json(compared.diff) : compared;
  },
});

const preview = defineRoute({
  name: 'previewVersion',
  summary: 'A version as those who edit see it',
  method: 'GET',
  path: '/documents/:document/versions/:version/preview',
  policy: 'read',
  params: VERSION_PARAMS,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'A page', texts: ['text/html'] } },
  async handle({ api, params, request, state }) {
    const { documents } = api;
    if (api.preview === undefined) return refuseCall('route-missing', 'this site shows no previews');
    if (state === undefined) return documentMissing(params.document);
    const found = await readVersion(documents, params.document, params.version);
    if (!found.ok) return found;
    const { version } = params;
    const shown = await api.preview({ documents, document: state, version, tree: found.tree, request });
    return htmlPage(shown, PREVIEW_POLICY);
  },
});

/** The refusal for a widget that a version does not have. */
export function widgetMissing(widget: string): RefusedDocument {
  return refuseDocument({ code: 'widget-missing', what: `there is no widget "${widget}"`, widget });
}

/** A version's tree, and the sequence number where it is the draft. */
async function versionAt(
  { documents }: ApiServices,
  document: string,
  version: Version,
): Promise<{ readonly ok: true; readonly tree: Tree; readonly sequence?: number } | RefusedDocument> {
  if (version !== 'draft') return await readVersion(documents, document, version);
  const read = await readDraft(documents, document);
  if (read === undefined) return documentMissing(document);
  const { tree, sequence } = read.draft;
  return { ok: true, tree, sequence };
}

function widgetAnswer(
  widget: Widget,
  version: Version,
  sequence: number | undefined,
  tags: string | undefined,
): Handled {
  const hash = hashWidget(widget);
  const headers = headersOf(version, hash, sequence);
  return hasTag(tags, etagOf(hash)) ? notModified(headers) : jsonText(formatWidget(widget), { headers });
}

/** A commit never changes, but who may read it does: so it is kept by the browser, and asked for each time. */
function headersOf(version: Version, hash: string, sequence?: number): Readonly<Record<string, string>> {
  return {
    ETag: etagOf(hash),
    ...(version === 'draft' ? {} : { 'Cache-Control': 'private, no-cache' }),
    ...(sequence === undefined ? {} : { [SEQUENCE_HEADER]: String(sequence) }),
  };
}

/** Versions: their trees, what is different between them, and what they look like. */
export const treeRoutes = [tree, subtree, diff, preview];
