// A server in a process of its own that answers with one page, in one of several ways.
import fastify from 'fastify';
import { openDatabase } from '../../packages/widgy/src/database/index.ts';
import { openDocuments, readLive } from '../../packages/widgy/src/documents/index.ts';
import { renderTree } from '../../packages/widgy/src/rendering/index.ts';
import { linksOf } from './actions.ts';
import { benchRenderer, benchSite, linkable } from './site.ts';

const [way = '', folder = '', url = '', document = ''] = process.argv.slice(2);
const site = benchSite(folder);
const renderer = benchRenderer(site);
const documents = openDocuments({ database: await openDatabase(url), site, linkables: [linkable] });

/** What a route does to answer: which version is live, what its links lead to, and its HTML. */
async function page(path: string, isWithLinks: boolean): Promise<string> {
  const live = await readLive(documents, document);
  if (live === undefined) throw new Error('The document is not there.');
  const references = isWithLinks ? { references: await linksOf(documents, live.tree) } : {};
  return await renderTree(renderer, live.tree, { variables: { path }, cacheBy: ['path'], ...references });
}

const bare = await page('/', false);
const linked = await page('/', true);

/** Ways to answer, by name. */
const WAYS: Readonly<Record<string, (path: string) => Promise<string>>> = {
  widgy: (path) => page(path, false),
  'bare Fastify': async () => bare,
  'widgy, links looked up': (path) => page(path, true),
  'bare Fastify, with links': async () => linked,
};

const answer = WAYS[way];
if (answer === undefined) throw new Error(`There is no way "${way}".`);
const app = fastify();
app.get('/*', async (request, reply) => {
  return reply.type('text/html; charset=utf-8').send(await answer(request.url));
});
const address = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url: address });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
process.on('disconnect', () => process.exit());
