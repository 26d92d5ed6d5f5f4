import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Goal, Result, Thoroughness } from '../benchmark.ts';
import { ratioOf, spread, spreadOf } from '../measure.ts';
import { formatBytes, formatDifference, formatNumber, formatRatio, formatSpread } from '../table.ts';
import { writeCorpus } from './corpus.ts';
import { measurePages } from './pages.ts';
import {
  compileCompressor,
  compressor,
  django,
  editScript,
  esbuild,
  hasDjango,
  type Runner,
} from './runs.ts';
import { brotliSize } from './sizes.ts';

const STEPS = ['cold', 'nothing changed', 'one script changed'] as const;
const LIMITS = { cold: 1, 'nothing changed': 0.2, 'one script changed': 0.3 } as const;

/** Building a site of 200 templates ahead of time, whole processes; and what its pages cost afterwards. */
export async function offline(thoroughness: Thoroughness): Promise<Result> {
  compileCompressor();
  const runners = hasDjango ? [compressor, django, esbuild] : [compressor, esbuild];
  const folder = mkdtempSync(join(tmpdir(), 'widgy-bench-'));
  const folderOf = ({ name }: Runner) => join(folder, name);
  try {
    for (const runner of runners) writeCorpus(folderOf(runner));
    const times = new Map<string, number[]>();
    const memory = new Map<string, number[]>();
    const rounds = thoroughness === 'full' ? 5 : 2;
    for (let round = 0; round < rounds; round += 1) {
      for (const step of STEPS) {
        for (const runner of runners) {
          if (step === 'cold') runner.reset(folderOf(runner));
          if (step === 'one script changed') editScript(folderOf(runner), round);
          const { milliseconds, megabytes } = await runner.run(folderOf(runner));
          const name = `${runner.name}, ${step}`;
          times.set(name, [...(times.get(name) ?? []), milliseconds]);
          memory.set(name, [...(memory.get(name) ?? []), megabytes]);
        }
      }
    }
    const goals: Goal[] = [];
    const timeRows = STEPS.map((step) => {
      const name = (runner: Runner) => `${runner.name}, ${step}`;
      const ratio = hasDjango ? ratioOf(times, name(compressor), name(django)) : undefined;
      if (ratio !== undefined) {
        goals.push({
          what: `${step}, to django-compressor`,
          wanted: `at most ${LIMITS[step].toFixed(1)}×`,
          measured: `${ratio.median.toFixed(2)}×`,
          isMet: ratio.median <= LIMITS[step],
        });
      }
      return [
        step,
        ...[compressor, django, esbuild].map((runner) =>
          runners.includes(runner) ? formatSpread(spreadOf(times, name(runner))) : 'not installed',
        ),
        ratio === undefined ? '' : formatRatio(ratio),
      ];
    });
    // What earlier rounds built stays in the folders of all.
    for (const runner of runners) {
      runner.reset(folderOf(runner));
      await runner.run(folderOf(runner));
    }
    const sizes = await sizeRows(folder, goals);
    const memoryRows = [await memoryRow(folder, 1), await memoryRow(folder, 10)];
    const pages = await measurePages(thoroughness);
    return {
      tables: [
        {
          title: 'Whole process, ms',
          head: ['', 'compressor', 'django-compressor', 'esbuild', 'to django-compressor'],
          rows: timeRows,
        },
        {
          title: 'All scripts and styles after Brotli 11, bytes',
          head: [
            '',
            'compressor',
            'files',
            'django-compressor',
            'files',
            'esbuild',
            'difference to django-compressor',
          ],
          rows: sizes,
        },
        { title: 'Most memory, MB', head: ['corpus', 'cold', 'nothing changed'], rows: memoryRows },
        ...pages.tables,
      ],
      goals: [...goals, ...pages.goals],
      notes: [
        'esbuild is called once for each bundle, in one process; it looks at no templates and keeps nothing between runs.',
        ...(hasDjango ? [] : ['django-compressor is not installed here, so nothing is compared with it.']),
        ...pages.notes,
      ],
      data: {
        times: Object.fromEntries(times),
        memory: Object.fromEntries(memory),
        sizes,
        memoryRows,
        pages: pages.data,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sizeRows(folder: string, goals: Goal[]): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [what, extension, most] of [
    ['scripts', '.js', 0.8],
    ['styles', '.css', 1],
  ] as const) {
    const ours = await brotliSize(join(folder, compressor.name, 'assets'), extension);
    const theirs = hasDjango
      ? await brotliSize(join(folder, django.name, 'static/CACHE'), extension)
      : undefined;
    const other = await brotliSize(join(folder, esbuild.name, 'esbuild'), extension);
    if (theirs !== undefined) {
      goals.push({
        what: `${what} after Brotli`,
        wanted: most < 1 ? 'at least 20 % smaller' : 'no larger',
        measured: formatDifference(ours.bytes, theirs.bytes),
        isMet: ours.bytes <= theirs.bytes * most,
      });
    }
    rows.push([
      what,
      formatBytes(ours.bytes),
      String(ours.files),
      theirs === undefined ? 'not installed' : formatBytes(theirs.bytes),
      theirs === undefined ? '' : String(theirs.files),
      formatBytes(other.bytes),
      theirs === undefined ? '' : formatDifference(ours.bytes, theirs.bytes),
    ]);
  }
  return rows;
}

async function memoryRow(folder: string, copies: number): Promise<string[]> {
  const corpus = join(folder, `copies-${copies}`);
  writeCorpus(corpus, copies);
  const cold = await compressor.run(corpus);
  const again = await compressor.run(corpus);
  return [`${copies}×`, ...[cold, again].map(({ megabytes }) => formatNumber(spread([megabytes]).median))];
}
