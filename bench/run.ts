import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Benchmark, Goal } from './benchmark.ts';
import { installPeers } from './peers.ts';
import { formatTable } from './table.ts';

/** The benchmarks, each loaded only when it runs. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  page: async () => (await import('./page/page.ts')).page,
  stampede: async () => (await import('./stampede/stampede.ts')).stampede,
  packages: async () => (await import('./packages/packages.ts')).packages,
  tools: async () => (await import('./tools/tools.ts')).tools,
  offline: async () => (await import('./offline/offline.ts')).offline,
  delivery: async () => (await import('./delivery/delivery.ts')).delivery,
  publish: async () => (await import('./publish/publish.ts')).publishing,
  widgy: async () => (await import('./widgy/widgy.ts')).widgy,
  pages: async () => (await import('./pages/pages.ts')).pages,
  editor: async () => (await import('./editor/editor.ts')).editor,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const unknown = positionals.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.\n`,
  );
  process.exit(2);
}

installPeers();
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
say(`${machine}, ${new Date().toISOString().slice(0, 16)}Z\n`);
const missed: string[] = [];
for (const [name, load] of Object.entries(BENCHMARKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  say(`## ${name}\n`);
  const benchmark = await load();
  const result = await benchmark(values.quick ? 'quick' : 'full');
  for (const table of result.tables) say(formatTable(table));
  for (const note of result.notes) say(`- ${note}`);
  if (result.goals.length > 0) say(`\n${formatTable({ title: 'Goals', ...goalTable(result.goals) })}`);
  missed.push(...result.goals.filter(({ isMet }) => !isMet).map(({ what }) => `${name}: ${what}`));
  writeFileSync(new URL(`${name}.json`, results), `${JSON.stringify({ machine, ...result }, null, 2)}\n`);
}
// A goal that is missed is a finding, not a failure: how long things take depends on the machine.
if (missed.length > 0) say(`Goals missed:\n${missed.map((goal) => `- ${goal}`).join('\n')}`);
process.exit(0);

function goalTable(goals: readonly Goal[]) {
  return {
    head: ['goal', 'wanted', 'measured', 'met'],
    rows: goals.map(({ what, wanted, measured, isMet }) => [what, wanted, measured, isMet ? 'yes' : 'NO']),
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
