import { join } from 'node:path';
import type { Goal } from '../benchmark.ts';
import { spread } from '../measure.ts';
import { CONNECTIONS, type Served, serveUnderLoad } from '../server-load.ts';
import { createSite } from '../site.ts';
import { formatRatio, formatSpread, type Table } from '../table.ts';
import { sqliteIn } from './databases.ts';
import { createBenchDocument, createTargets } from './document.ts';
import { benchSite, siteFiles } from './site.ts';

/** Widgets of the page. */
const WIDGETS = 60;
const LEAST_SHARE = 0.6;

/** Each way to answer with the page, and the same bytes from Fastify alone. */
const PAIRS = [
  ['widgy', 'bare Fastify'],
  ['widgy, links looked up', 'bare Fastify, with links'],
] as const;
const WAYS = PAIRS.flat();

/** How each way did in one round. */
export type LoadRound = ReadonlyMap<string, Served>;

/** Puts servers under load that answer with the same page, in turn, round by round. */
export async function pageUnderLoad(count: number): Promise<readonly LoadRound[]> {
  await using files = await createSite(siteFiles);
  const { folder } = files;
  const document = await createPage(folder);
  const rounds: LoadRound[] = [];
  for (let round = 0; round < count; round += 1) {
    const results = new Map<string, Served>();
    for (const way of round % 2 === 0 ? WAYS : WAYS.toReversed()) {
      const args = [way, folder, `sqlite:${join(folder, 'site.db')}`, document];
      const file = new URL('server.ts', import.meta.url);
      results.set(way, await serveUnderLoad({ file, args, path: '/', encoding: undefined }));
    }
    rounds.push(results);
  }
  return rounds;
}

async function createPage(folder: string): Promise<string> {
  await using sqlite = await sqliteIn(folder);
  const site = benchSite(folder);
  await createTargets(sqlite.database, site);
  const { document } = await createBenchDocument(sqlite.database, site, WIDGETS);
  return document;
}

/** What the servers did. */
export function loadTable(rounds: readonly LoadRound[]): Table {
  const of = (way: string, what: keyof Served) =>
    formatSpread(spread(rounds.map((round) => round.get(way)?.[what] ?? Number.NaN)));
  return {
    title: `A page of ${WIDGETS} widgets, ${CONNECTIONS} connections, ${rounds.length} rounds`,
    head: ['server', 'requests per second', 'processor, µs per request', 'to bare Fastify'],
    rows: PAIRS.flatMap(([way, bare]) => [
      [way, of(way, 'requests'), of(way, 'cpu'), formatRatio(shareOf(rounds, way, bare))],
      [bare, of(bare, 'requests'), of(bare, 'cpu'), ''],
    ]),
  };
}

/** What was promised of them. */
export function loadGoals(rounds: readonly LoadRound[]): readonly Goal[] {
  return PAIRS.map(([way, bare]) => {
    const share = shareOf(rounds, way, bare);
    return {
      what: `requests per second of a cached page, ${way}, to Fastify with the same bytes`,
      wanted: `at least ${LEAST_SHARE}×`,
      measured: formatRatio(share),
      isMet: share.median >= LEAST_SHARE,
    };
  });
}

function shareOf(rounds: readonly LoadRound[], way: string, bare: string) {
  return spread(
    rounds.map((round) => (round.get(way)?.requests ?? 0) / (round.get(bare)?.requests ?? Number.NaN)),
  );
}
