// Fills a new database with the pages of the benchmark and somebody who may edit them, and makes the bundles. It prints what there is.
import { compressSite, createCompressor, loadConfig } from '@widgy/compressor';
import { changePassword, createFirstAdministrator } from 'widgy/accounts';
import { readEnvironment, widgyEnvironment } from 'widgy/config';
import { commitDraft, trustedAuthor } from 'widgy/documents';
import { createPage } from 'widgy/pages';
import { buildServer } from 'widgy/server';
import { createTree, createWidget, formatTree, type Widget } from 'widgy/tree';
import { benchPages, type PageContent, type Piece } from '../content.ts';
import { renderer } from './rendering.ts';
import config from './widgy.config.ts';

const compressorConfig = await loadConfig(new URL('compressor.config.ts', import.meta.url));
const { isDone, diagnostics } = await compressSite(compressorConfig);
if (!isDone) throw new Error(JSON.stringify(diagnostics));

const { app, widgy } = await buildServer({
  ...{ config, renderer, hasJobs: false },
  compressor: await createCompressor(compressorConfig),
  environment: readEnvironment(widgyEnvironment, process.env),
});
const author = trustedAuthor();
const documents = new Map<string, string>();
for (const page of benchPages()) documents.set(page.slug, await addPage(page));
const { EMAIL: email = '', PASSWORD: password = '' } = process.env;
await addAdministrator(email, password);
await app.close();
process.stdout.write(`${JSON.stringify(Object.fromEntries(documents))}\n`);

async function addPage({ slug, title, isInMenu, sections }: PageContent): Promise<string> {
  const newId = idsOf(slug);
  const make = (piece: Piece): Widget => widgetOf(piece, newId);
  const root = createWidget({
    id: newId('root'),
    type: 'one-column',
    children: sections.map((pieces) =>
      createWidget({ id: newId('section'), type: 'section', slot: 'main', children: pieces.map(make) }),
    ),
  });
  const made = await createPage(
    widgy.pages,
    {
      ...{ slug, title, menus: isInMenu ? ['main'] : [] },
      start: { tree: JSON.parse(formatTree(createTree(root))) },
    },
    author,
  );
  if (!made.ok) throw new Error(made.refusal.what);
  const { document, sequence } = made.draft;
  const committed = await commitDraft(
    widgy.documents,
    document,
    { after: sequence, message: '', publishAt: 'now' },
    author,
  );
  if (!committed.ok) throw new Error(committed.refusal.what);
  return document;
}

/** Names what is made on a page: `page-1-text-1`. */
function idsOf(slug: string): (kind: string) => string {
  const counts = new Map<string, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${slug}-${kind}-${count}`;
  };
}

function widgetOf(piece: Piece, newId: (kind: string) => string): Widget {
  const id = newId(piece.kind);
  switch (piece.kind) {
    case 'text':
      return textOf(id, piece.paragraphs);
    case 'image':
      return createWidget({ id, type: 'image', fields: { image: piece.src, alt: piece.alt } });
    case 'heading':
      return createWidget({ id, type: 'heading', fields: { text: piece.text } });
    case 'button':
      return createWidget({ id, type: 'button', fields: { text: piece.text, link: piece.url } });
    case 'columns': {
      const into = (slot: string, pieces: readonly Piece[]) =>
        pieces.map((inner) => createWidget({ ...widgetOf(inner, newId), slot }));
      return createWidget({
        ...{ id, type: 'columns' },
        children: [...into('left', piece.left), ...into('right', piece.right)],
      });
    }
    case 'accordion':
      return createWidget({
        ...{ id, type: 'accordion' },
        children: piece.items.map(({ title, text }) =>
          createWidget({
            ...{ id: newId('item'), type: 'accordion-section', fields: { title } },
            children: [textOf(newId('item-text'), [text])],
          }),
        ),
      });
  }
}

function textOf(id: string, paragraphs: readonly string[]): Widget {
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
  return createWidget({ id, type: 'text', fields: { text } });
}

/** The one-time password that the first administrator has is changed at once, as people do when they sign in. */
async function addAdministrator(email: string, password: string): Promise<void> {
  const made = await createFirstAdministrator(widgy.accounts, { email, name: 'Bench' });
  if (!made.ok) throw new Error(made.refusal.what);
  const { user, password: current } = made;
  const changed = await changePassword(widgy.accounts, user.id, { current, password });
  if (!changed.ok) throw new Error(changed.refusal.what);
}
