import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { createSite } from '../site.ts';
import { emptySchema } from '../widgy/databases.ts';
import { apostrophe } from './apostrophe.ts';
import { compileSite } from './compile.ts';
import type { Contender } from './contender.ts';
import { benchPages, pagePaths } from './content.ts';
import { emdash } from './emdash.ts';
import { goalsOf, type Measured } from './goals.ts';
import { type RoundEffort, runRound } from './rounds.ts';
import { startServer } from './server-process.ts';
import { editTable, loadTable } from './tables.ts';
import { widgyContenders } from './widgy-contenders.ts';

const FULL = { rounds: 5, warmUp: 3_000, measured: 5_000, edits: 20 };
const QUICK = { rounds: 1, warmUp: 500, measured: 1_000, edits: 3 };

/** Public pages of Widgy, as visitors and editors ask for them, beside those of other systems. */
export const pages: Benchmark = async (thoroughness) => {
  const { rounds, ...effort } = thoroughness === 'full' ? FULL : QUICK;
  const code = compileSite();
  await using site = await createSite({});
  const folders = async (name: string) => {
    const folder = join(site.folder, name);
    await mkdir(folder);
    return folder;
  };
  const content = join(site.folder, 'content.json');
  await writeFile(content, JSON.stringify(benchPages()));
  const sqlite = await folders('widgy-sqlite');
  await using schema = await emptySchema();
  const own = [
    ...widgyContenders({
      name: 'SQLite',
      databaseUrl: `sqlite:${join(sqlite, 'site.db')}`,
      code,
      folder: sqlite,
    }),
    ...widgyContenders({
      name: 'PostgreSQL',
      databaseUrl: schema.url,
      code,
      folder: await folders('widgy-postgresql'),
    }),
  ];
  const measured = await measure(
    [
      ...own,
      apostrophe(await folders('apostrophe'), content),
      ...emdash(await folders('emdash'), content),
      await bareServer(own, join(site.folder, 'pages.json')),
    ],
    rounds,
    effort,
  );
  return {
    tables: [loadTable(measured), editTable(measured)],
    goals: goalsOf(measured),
    notes: [
      'Ten pages of the same 60 pieces, asked for in turn by 50 connections; all servers show the same, which is counted in their HTML.',
      'Memory is the most that the process and its children had, from the start to the end of the load; PostgreSQL is not in it.',
      'Edits are those of one text over HTTP, by somebody who is signed in; each was seen by the next visitor.',
      'Start: from the start of the process to the end of the first page, with a database that is filled.',
      'node:http answers from memory with what Widgy shows: more cannot be asked for here.',
      'Nothing kept: neither pages nor HTML. Trees that were read stay known, with their sanitised texts.',
      'Requests are not logged. Apostrophe does work for simultaneous requests of one page once, where it can.',
    ],
    data: Object.fromEntries(measured),
  };
};

/** Runs all contenders in turn, round by round; who begins changes. */
async function measure(
  contenders: readonly Contender[],
  rounds: number,
  effort: RoundEffort,
): Promise<Measured> {
  const measured = new Map<string, Awaited<ReturnType<typeof runRound>>[]>(
    contenders.map(({ name }) => [name, []]),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      measured.get(contender.name)?.push(await runRound(contender, round, effort));
    }
  }
  return measured;
}

/** What is called so in the tables: Node.js alone, with the pages that a contender shows. */
async function bareServer([first]: readonly Contender[], file: string): Promise<Contender> {
  if (first === undefined) throw new Error('There is nothing to show.');
  await using server = await first.start();
  const shown = pagePaths.map(
    async (path) => [path, await (await fetch(new URL(path, server.origin))).text()] as const,
  );
  await writeFile(file, JSON.stringify(Object.fromEntries(await Promise.all(shown))));
  const [path = '/'] = pagePaths;
  const command = [process.execPath, join(import.meta.dirname, 'bare-server.ts'), file] as const;
  return {
    name: 'node:http, from memory',
    start: () => startServer({ command: [...command], folder: import.meta.dirname, environment: {} }, path),
  };
}
