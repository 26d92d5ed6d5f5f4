import { symlink } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { createCompressor } from '@widgy/compressor';
import type { Result, Thoroughness } from '../benchmark.ts';
import { spread } from '../measure.ts';
import { peersFolder } from '../peers.ts';
import { createSite } from '../site.ts';
import { formatRatio, formatSpread } from '../table.ts';
import { type Counts, startColdServer } from './cold-server.ts';
import { configure } from './config.ts';

const REQUESTS = 50;

/** What one round on a cold server gave. */
interface Round extends Counts {
  /** Milliseconds to the first byte, of each request. */
  readonly firstBytes: readonly number[];
  readonly sizes: ReadonlySet<number>;
}

/**
 * Many simultaneous first requests for one asset, each round on a server that was just started and has not rendered the
 * page. The URL comes from another compressor with the same secret and another output folder.
 */
export async function stampede(thoroughness: Thoroughness): Promise<Result> {
  const count = thoroughness === 'full' ? 15 : 2;
  await using site = await createSite({
    'static/site.scss': '@use "pkg:bootstrap/scss/bootstrap";\n.own { color: teal }\n',
    'templates/page.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'site.scss' %}">{% endcompress %}`,
  });
  await symlink(`${peersFolder}/node_modules`, `${site.folder}/node_modules`);
  const path = await pathFromAnotherServer(site.folder);
  const alone: Round[] = [];
  const together: Round[] = [];
  for (let round = 0; round < count; round += 1) {
    alone.push(await request(site.folder, path, 1));
    together.push(await request(site.folder, path, REQUESTS));
  }
  const first = spread(alone.map(slowest));
  const last = spread(together.map(slowest));
  const ratio = spread(together.map((round, index) => slowest(round) / slowest(alone[index] ?? round)));
  const builds = together.map((round) => round.builds);
  const compiles = together.map((round) => round.compiles);
  const sizes = new Set([...alone, ...together].flatMap((round) => [...round.sizes]));
  if (sizes.size !== 1) throw new Error(`The answers differ in length: ${[...sizes].join(', ')}.`);
  return {
    tables: [
      {
        title: `First requests for Bootstrap from SCSS on a cold server, ${count} rounds`,
        head: ['requests', 'builds', 'Sass compiles', 'slowest first byte, ms', 'against one alone'],
        rows: [
          [
            '1',
            countText(alone.map((round) => round.builds)),
            countText(alone.map((round) => round.compiles)),
            formatSpread(first),
            '',
          ],
          [String(REQUESTS), countText(builds), countText(compiles), formatSpread(last), formatRatio(ratio)],
        ],
      },
    ],
    goals: [
      {
        what: `builds for ${REQUESTS} requests`,
        wanted: 'exactly 1',
        measured: countText(builds),
        isMet: builds.every((number) => number === 1) && compiles.every((number) => number === 1),
      },
    ],
    notes: [
      'Every round starts a process. Requests ask for Brotli, as browsers do, and open a connection each; all get the same bytes.',
      'Client and servers share the cores of the machine.',
    ],
    data: { alone: alone.map(plain), together: together.map(plain) },
  };
}

/** The path that the page links, rendered by a compressor that shares nothing but code, site and secret. */
async function pathFromAnotherServer(folder: string): Promise<string> {
  const compressor = await createCompressor(configure(folder, `${folder}/output-elsewhere`, () => {}));
  try {
    const html = await compressor.render('page.liquid');
    const [, path] = /href="([^"]+)"/.exec(html) ?? [];
    if (path === undefined || !path.startsWith('/assets/')) throw new Error(`No bundle in the page: ${html}`);
    return path;
  } finally {
    await compressor.close();
  }
}

async function request(folder: string, path: string, count: number): Promise<Round> {
  await using server = await startColdServer(folder);
  const url = `http://127.0.0.1:${server.port}${path}`;
  const answers = await Promise.all(Array.from({ length: count }, () => timeToFirstByte(url)));
  return {
    ...(await server.counts()),
    firstBytes: answers.map(({ time }) => time),
    sizes: new Set(answers.map(({ size }) => size)),
  };
}

async function timeToFirstByte(url: string): Promise<{ time: number; size: number }> {
  const started = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false, headers: { 'accept-encoding': 'br' } }, resolve).on('error', reject);
  });
  const time = performance.now() - started;
  let size = 0;
  for await (const chunk of response) size += chunk.length;
  const { statusCode, headers } = response;
  if (statusCode !== 200 || !headers['cache-control']?.includes('immutable')) {
    throw new Error(`The server answered ${statusCode}, ${headers['cache-control']}.`);
  }
  return { time, size };
}

function slowest({ firstBytes }: Round): number {
  return Math.max(...firstBytes);
}

/** `1` where all are the same, else all of them. */
function countText(counts: readonly number[]): string {
  const different = [...new Set(counts)];
  return different.length === 1 ? String(different[0]) : counts.join(', ');
}

function plain({ builds, compiles, firstBytes }: Round) {
  return { builds, compiles, firstBytes };
}
