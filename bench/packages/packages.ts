import type { Goal, Result, Thoroughness } from '../benchmark.ts';
import { ratioOf, type Spread, spread, spreadOf, type Times, timeInTurn } from '../measure.ts';
import { peerVersion } from '../peers.ts';
import { formatBytes, formatDifference, formatRatio, formatSpread, type Table } from '../table.ts';
import { BROWSERS } from '../targets.ts';
import { type ContenderName, contenders, type PackageBuilder } from './builder.ts';
import { type Input, inputs } from './inputs.ts';
import { coldTime } from './run-cold.ts';
import { type Sizes, sizesOf } from './sizes.ts';
import { verify } from './verify.ts';

const TIME_LIMIT = 1.2;
const NAMES: readonly ContenderName[] = ['compressor', 'esbuild', 'vite'];

/** What was measured of one input. */
interface Measured {
  readonly input: Input;
  readonly warm: Times;
  readonly cold: ReadonlyMap<string, Spread>;
  readonly sizes: ReadonlyMap<string, Sizes>;
}

/** Building real packages: time and bytes of the compressor's builder beside those of the peers, on the same files. */
export async function packages(thoroughness: Thoroughness): Promise<Result> {
  const builders = await Promise.all(NAMES.map((name) => contenders[name]()));
  const measured: Measured[] = [];
  for (const input of inputs) measured.push(await measure(input, builders, thoroughness));
  await Promise.all(builders.map((builder) => builder.close()));
  return {
    tables: [timeTable(measured), coldTable(measured), sizeTable(measured)],
    goals: measured.flatMap(goalsOf),
    notes: [
      `Peers: esbuild ${peerVersion('esbuild')}, Vite ${peerVersion('vite')} (Rolldown ${peerVersion('rolldown')}, Lightning CSS ${peerVersion('lightningcss')}).`,
      `All build for "${BROWSERS}", keep licence comments where they can, make no source maps and write nothing to disk. Each output was run, or its rules compared with those of the source.`,
      'Vite has no build for classic scripts: its column there is the minifier it exports. It starts a Sass process for each build; the two others keep one.',
      'Cold, the compressor runs from TypeScript source here, which a published package would not.',
    ],
    data: measured.map(({ input, warm, cold, sizes }) => ({
      input: input.name,
      warm: Object.fromEntries(warm),
      cold: Object.fromEntries(cold),
      sizes: Object.fromEntries(sizes),
    })),
  };
}

async function measure(
  input: Input,
  builders: readonly PackageBuilder[],
  thoroughness: Thoroughness,
): Promise<Measured> {
  const sizes = new Map<string, Sizes>();
  for (const builder of builders) {
    const text = await builder.build(input);
    verify(input, text);
    sizes.set(builder.name, sizesOf(text));
  }
  const effort = thoroughness === 'full' ? { rounds: 21, warmup: 4 } : { rounds: 3, warmup: 1 };
  const warm = await timeInTurn(
    builders.map((builder) => ({ name: builder.name, run: () => builder.build(input) })),
    effort,
  );
  const cold = new Map<string, number[]>(NAMES.map((name) => [name, []]));
  for (let round = 0; round < (thoroughness === 'full' ? 5 : 1); round += 1) {
    for (const name of NAMES) cold.get(name)?.push(await coldTime(name, input));
  }
  return { input, warm, sizes, cold: new Map([...cold].map(([name, times]) => [name, spread(times)])) };
}

function timeTable(measured: readonly Measured[]): Table {
  return {
    title: 'Warm: milliseconds for a build in a process that has built before',
    head: ['input', ...NAMES, 'to esbuild', 'to Vite'],
    rows: measured.map(({ input, warm }) => [
      input.name,
      ...NAMES.map((name) => formatSpread(spreadOf(warm, name))),
      formatRatio(ratioOf(warm, 'compressor', 'esbuild')),
      formatRatio(ratioOf(warm, 'compressor', 'vite')),
    ]),
  };
}

function coldTable(measured: readonly Measured[]): Table {
  return {
    title: 'Cold: milliseconds from the start of a process to a finished build',
    head: ['input', ...NAMES],
    rows: measured.map(({ input, cold }) => [
      input.name,
      ...NAMES.map((name) => {
        const times = cold.get(name);
        return times === undefined ? '' : formatSpread(times);
      }),
    ]),
  };
}

function sizeTable(measured: readonly Measured[]): Table {
  const rows = measured.flatMap(({ input, sizes }) => {
    const best = bestPeer(sizes);
    return [...sizes].map(([name, { raw, gzip, brotli, licences }]) => [
      input.name,
      name,
      formatBytes(raw),
      formatBytes(gzip),
      formatBytes(brotli),
      name === 'compressor' ? formatDifference(brotli, best) : '',
      formatBytes(licences),
    ]);
  });
  const head = ['input', 'tool', 'raw', 'gzip 9', 'Brotli 11', 'to the better peer', 'licences in it'];
  return { title: 'Bytes', head, rows };
}

function goalsOf({ input, warm, sizes }: Measured): Goal[] {
  const ratio = ratioOf(warm, 'compressor', 'esbuild').median;
  const own = sizes.get('compressor')?.brotli ?? Number.NaN;
  const best = bestPeer(sizes);
  const bytes: Goal = {
    what: `${input.name}, bytes after Brotli`,
    wanted: `at most ${formatBytes(best)}`,
    measured: formatBytes(own),
    isMet: own <= best,
  };
  if (input.goal === 'style') return [bytes];
  const time: Goal = {
    what: `${input.name}, time to esbuild's`,
    wanted: `at most ${TIME_LIMIT.toFixed(2)}×`,
    measured: `${ratio.toFixed(3)}×`,
    isMet: ratio <= TIME_LIMIT,
  };
  return [bytes, time];
}

/** The fewest bytes of a peer. */
function bestPeer(sizes: ReadonlyMap<string, Sizes>): number {
  return Math.min(...[...sizes].flatMap(([name, { brotli }]) => (name === 'compressor' ? [] : [brotli])));
}
