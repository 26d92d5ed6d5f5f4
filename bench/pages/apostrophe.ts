import { join } from 'node:path';
import { z } from 'zod';
import { askJson, type Contender, EDITED, type Editor } from './contender.ts';
import { installPeerProject, peerFolder, peerNode, runPeer } from './peer-project.ts';
import { startServer } from './server-process.ts';

/** What it is called in the tables. */
export const APOSTROPHE = 'Apostrophe, SQLite';

/** Apostrophe shows assets of the build with this name alone. */
const RELEASE = { APOS_RELEASE_ID: 'bench' };

/**
 * Installs Apostrophe and fills a database for it.
 *
 * @param content the file of the pages
 */
export function apostrophe(folder: string, content: string): Contender {
  const environment = { ...RELEASE, APOS_DB_URI: `sqlite://${join(folder, 'site.db')}` };
  const forBuild = { ...RELEASE, APOS_DB_URI: `sqlite://${join(folder, 'build.db')}` };
  installPeerProject({
    name: 'apostrophe',
    builds: [{ args: ['app.js', '@apostrophecms/asset:build'], environment: forBuild }],
  });
  runPeer('apostrophe', {
    args: ['app.js', 'bench:seed'],
    environment: { ...environment, BENCH_CONTENT: content },
  });
  return {
    name: APOSTROPHE,
    start: () =>
      startServer(
        {
          command: [peerNode('apostrophe'), 'app.js'],
          folder: peerFolder('apostrophe'),
          environment: { ...environment, NODE_ENV: 'production', ADDRESS: '127.0.0.1' },
        },
        `/${EDITED}`,
      ),
    signIn,
  };
}

const List = z.object({ results: z.array(z.object({ _id: z.string(), slug: z.string() })) });
const Items = z.array(z.object({ _id: z.string(), type: z.string() }));
const Page = z.object({
  main: z.object({ items: z.array(z.object({ content: z.object({ items: Items }) })) }),
});

/** An editor needs no session here: the project has a key. */
async function signIn(origin: URL): Promise<Editor> {
  const headers = { authorization: 'ApiKey bench' };
  const at = (path: string) => new URL(`/api/v1/@apostrophecms/page${path}`, origin);
  const { results } = List.parse(await askJson(at('?flat=1&all=1&aposMode=draft'), { headers }));
  const id = results.find(({ slug }) => slug === `/${EDITED}`)?._id ?? '';
  const { main } = Page.parse(await askJson(at(`/${id}?aposMode=draft`), { headers }));
  const texts = main.items.flatMap(({ content }) => content.items);
  const text = texts.find(({ type }) => type === '@apostrophecms/rich-text')?._id;
  if (text === undefined) throw new Error('Apostrophe has no text on its page.');
  return {
    async edit(paragraphs) {
      const content = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
      const body = JSON.stringify({ [`@${text}.content`]: content });
      await askJson(at(`/${id}`), { method: 'PATCH', headers, body });
    },
    async publish() {
      await askJson(at(`/${id}/publish`), { method: 'POST', headers, body: '{}' });
    },
  };
}
