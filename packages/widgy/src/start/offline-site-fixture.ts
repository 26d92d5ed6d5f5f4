import { createCompressor, loadConfig, type ResolvedConfig } from '@widgy/compressor';
import { definePermissions, permissionsFor } from '../accounts/index.ts';
import { readEnvironment, widgyEnvironment } from '../config/index.ts';
import { commitDraft, trustedAuthor } from '../documents/index.ts';
import { library, libraryKinds } from '../library/index.ts';
import { createPage } from '../pages/index.ts';
import { createSiteRenderer } from '../rendering/index.ts';
import { defineSite } from '../widgets/site.ts';
import { buildServer } from './build-server.ts';

/** The files of a site whose page shows a bundle. */
export const offlineSiteFiles: Readonly<Record<string, string>> = {
  'compressor.config.js': 'export default {};',
  'static/page.css': 'h1 { color: teal }',
  'templates/pages/page.liquid':
    '{% compress css %}<link rel="stylesheet" href="/static/page.css">{% endcompress %}<h1>{{ page.title }}</h1>{% render_root page.tree %}',
};

const site = defineSite({
  folder: import.meta.dirname,
  widgets: library,
  kinds: libraryKinds,
  permissions: permissionsFor(),
});

function siteRenderer(folder: string) {
  return createSiteRenderer({
    site,
    templates: `${folder}/templates`,
    onFailure: ({ error }) => {
      throw error;
    },
  });
}

/** The configuration of the compressor of the site in a folder: only the bundles of its own pages are built. */
export async function offlineSiteConfig(
  folder: string,
  renderer = siteRenderer(folder),
): Promise<ResolvedConfig> {
  return await loadConfig(`${folder}/compressor.config.js`, {
    mode: 'offline',
    templates: { engine: () => renderer.engine, roots: [`${folder}/templates`] },
    offline: { onMiss: 'error' },
    logger: { log() {} },
  });
}

/** Starts the server of the site in a folder, whose bundles are built, asks it for a page, and gives the status of the answer. */
export async function showPage(folder: string): Promise<number> {
  const renderer = siteRenderer(folder);
  const { app, widgy } = await buildServer({
    renderer,
    compressor: await createCompressor(await offlineSiteConfig(folder, renderer)),
    config: { site, permissions: definePermissions(site), pages: { templates: { page: 'Page' } } },
    environment: readEnvironment(widgyEnvironment, {
      NODE_ENV: 'production',
      DATABASE_URL: 'sqlite::memory:',
      BASE_URL: 'http://site.test',
      WIDGY_SECRET: 'for tests only, and not secret at all',
      MAIL_URL: 'smtps://mail.test',
      MEDIA_URL: `folder:${folder}/media`,
      LOG_LEVEL: 'silent',
    }),
  });
  const author = trustedAuthor();
  const made = await createPage(widgy.pages, { title: 'Home', isHome: true }, author);
  if (!made.ok) throw new Error(made.refusal.what);
  const { document, sequence } = made.draft;
  const request = { after: sequence, message: '', publishAt: 'now' } as const;
  const committed = await commitDraft(widgy.documents, document, request, author);
  if (!committed.ok) throw new Error(committed.refusal.what);
  const { statusCode } = await app.inject('/');
  await app.close();
  return statusCode;
}
