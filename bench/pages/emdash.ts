import { join } from 'node:path';
import { z } from 'zod';
import { askJson, type Contender, EDITED, type Editor } from './contender.ts';
import { installPeerProject, peerFolder, peerNode, runPeer } from './peer-project.ts';
import { startServer } from './server-process.ts';

/** What they are called in the tables. */
export const EMDASH = 'EmDash, SQLite';
export const EMDASH_CACHED = 'EmDash, SQLite, pages kept';

const TOKEN = 'ec_pat_for_benchmarks_only_and_not_secret_at_all';

/** The command line of Astro, in its package. */
const BUILD = ['node_modules/astro/bin/astro.mjs', 'build'];

/**
 * Installs EmDash and fills a database for it, which it looks for in the folder that it is started in.
 *
 * @param content the file of the pages
 */
export function emdash(folder: string, content: string): readonly Contender[] {
  const environment = { ASTRO_TELEMETRY_DISABLED: '1' };
  installPeerProject({
    name: 'emdash',
    builds: [
      { args: BUILD, environment },
      { args: BUILD, environment: { ...environment, BENCH_CACHE: 'pages' } },
    ],
  });
  const [seed, database] = [join(folder, 'seed.json'), join(folder, 'data.db')];
  runPeer('emdash', { args: ['seed.mjs', 'pages', seed], environment: { BENCH_CONTENT: content } });
  const cli = 'node_modules/emdash/dist/cli/index.mjs';
  runPeer('emdash', {
    args: [cli, 'seed', seed, '-d', database, '--cwd', folder, '--uploads-dir', join(folder, 'uploads')],
  });
  runPeer('emdash', { args: ['seed.mjs', 'people', database], environment: { BENCH_TOKEN: TOKEN } });
  const start = (build: 'plain' | 'cached') => () =>
    startServer(
      {
        command: [peerNode('emdash'), join(peerFolder('emdash'), 'dist', build, 'server/entry.mjs')],
        folder,
        environment: { NODE_ENV: 'production', HOST: '127.0.0.1' },
      },
      `/${EDITED}`,
    );
  return [
    { name: EMDASH, start: start('plain'), signIn },
    { name: EMDASH_CACHED, start: start('cached'), signIn },
  ];
}

const Block = z.looseObject({ _type: z.string(), style: z.string().optional() });
const Section = z.looseObject({ content: z.array(Block) });
const Entry = z.object({
  data: z.object({
    item: z.object({ id: z.string(), data: z.object({ content: z.array(Section) }) }),
  }),
});

/** An editor needs no session here: they have a token. What is written is the whole field, as its own editor does. */
async function signIn(origin: URL): Promise<Editor> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const at = (path: string) => new URL(`/_emdash/api/content/pages/${path}`, origin);
  const read = Entry.parse(await askJson(at(EDITED), { headers }));
  const { id, data } = read.data.item;
  const [first, ...others] = data.content;
  if (first === undefined) throw new Error('EmDash has no section on its page.');
  const isText = ({ style }: z.infer<typeof Block>) => style === 'normal';
  const [start, end] = [first.content.findIndex(isText), first.content.findLastIndex(isText)];
  const [before, after] = [first.content.slice(0, start), first.content.slice(start + 2)];
  if (end < start + 1) throw new Error('EmDash has no text in its first section.');
  return {
    async edit(paragraphs) {
      const blocks = paragraphs.map((text, index) => ({
        ...{ _type: 'block', _key: `edited-${index}`, style: 'normal', markDefs: [] },
        children: [{ _type: 'span', _key: `edited-${index}-text`, text, marks: [] }],
      }));
      const content = [{ ...first, content: [...before, ...blocks, ...after] }, ...others];
      await askJson(at(id), { method: 'PUT', headers, body: JSON.stringify({ data: { content } }) });
    },
    async publish() {
      await askJson(at(`${id}/publish`), { method: 'POST', headers, body: '{}' });
    },
  };
}
