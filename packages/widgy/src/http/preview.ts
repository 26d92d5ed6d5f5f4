import type { FastifyRequest } from 'fastify';
import type { Version } from '../documents/commits/versions.ts';
import type { DocumentState } from '../documents/drafts/draft.ts';
import type { DocumentStore } from '../documents/store.ts';
import { linksIn } from '../links/links-in.ts';
import { resolveReferences } from '../links/resolve.ts';
import { type Renderer, renderTree } from '../rendering/index.ts';
import type { Tree } from '../tree/tree.ts';

/** What is to be shown. */
export interface PreviewQuestion {
  readonly documents: DocumentStore;
  readonly document: DocumentState;
  readonly version: Version;
  readonly tree: Tree;
  readonly request: FastifyRequest;
}

/** Gives the HTML that shows a version to those who edit it. */
export type Preview = (question: PreviewQuestion) => string | Promise<string>;

/**
 * Shows a version with nothing around it, as a renderer shows trees to editors: with hooks by which an editor finds the widgets, and
 * a box in the place of what cannot be shown. One statement for each type of things that it links to.
 */
export function previewWith(renderer: Renderer): Preview {
  return async ({ documents, tree, request }) => {
    const { database, linkables, site } = documents;
    const targets = linksIn(tree.root, site).map(({ target }) => target);
    const resolved = await resolveReferences(database.kysely, linkables, targets);
    const references = new Map(Array.from(resolved, ([text, { url, label }]) => [text, { url, label }]));
    return await renderTree(renderer, tree, {
      purpose: 'preview',
      references,
      request: { url: request.url },
    });
  };
}

/**
 * What a browser may do with a preview. It stands in the origin of the people who edit, and shows what anybody may have written: so
 * nothing in it runs, whatever it is, and it sends no forms and opens no windows. The page around it, if it is of this
 * origin, may look into it (`allow-same-origin`), which without scripts gives the preview itself nothing.
 */
export const PREVIEW_POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' https: data:",
  "media-src 'self' https:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-same-origin',
].join('; ');
