import { readFile } from 'node:fs/promises';
import { rolldown } from 'rolldown';
import { minify } from 'rolldown/utils';
import type { Result, Thoroughness } from '../benchmark.ts';
import { type Effort, ratioOf, spreadOf, timeInTurn } from '../measure.ts';
import { type Esbuild, importEsbuild } from '../packages/esbuild.ts';
import { type Input, inputs, pathOf } from '../packages/inputs.ts';
import { sizesOf } from '../packages/sizes.ts';
import { verify } from '../packages/verify.ts';
import { peersFolder } from '../peers.ts';
import { formatBytes, formatRatio, formatSpread, type Table } from '../table.ts';
import { targets } from '../targets.ts';

/** A way to build an input with the tools themselves, without the compressor around them. */
interface Way {
  readonly name: string;
  build(path: string): Promise<string>;
}

/** The choice between Rolldown, esbuild and Oxc: the bundlers and minifiers on the same inputs, in all combinations. */
export async function tools(thoroughness: Thoroughness): Promise<Result> {
  const esbuild = await importEsbuild();
  const effort = thoroughness === 'full' ? { rounds: 21, warmup: 4 } : { rounds: 3, warmup: 1 };
  const tables: Table[] = [];
  const data: unknown[] = [];
  for (const input of inputs) {
    if (input.goal === 'style' || input.files.length > 1) continue;
    const { table, times } = await compareWays(
      input,
      input.goal === 'module' ? bundlers(esbuild) : minifiers(esbuild),
      effort,
    );
    tables.push(table);
    data.push({ input: input.name, times });
  }
  await esbuild.stop();
  return { tables, goals: [], notes: ['The ratio is to the first row. All keep licence comments.'], data };
}

async function compareWays(input: Input, ways: readonly Way[], effort: Effort) {
  const path = pathOf(input.files[0] ?? '');
  const texts = new Map<string, string>();
  for (const { name, build } of ways) {
    const text = await build(path);
    verify(input, text);
    texts.set(name, text);
  }
  const times = await timeInTurn(
    ways.map(({ name, build }) => ({ name, run: () => build(path) })),
    effort,
  );
  const first = ways[0]?.name ?? '';
  const rows = ways.map(({ name }) => {
    const { raw, gzip, brotli, licences } = sizesOf(texts.get(name) ?? '');
    const ratio = name === first ? '' : formatRatio(ratioOf(times, name, first));
    return [
      name,
      formatSpread(spreadOf(times, name)),
      ratio,
      ...[raw, gzip, brotli, licences].map(formatBytes),
    ];
  });
  const head = ['tools', 'ms', 'ratio', 'raw', 'gzip 9', 'Brotli 11', 'licences in it'];
  return { table: { title: `Tools: ${input.name}`, head, rows }, times: Object.fromEntries(times) };
}

function bundlers(esbuild: Esbuild): Way[] {
  const oxc = async (text: string) => {
    const { code } = await minify('bundle.js', text, {
      module: true,
      compress: { target: [...targets.scripts] },
      mangle: { toplevel: true },
      codegen: { legalComments: 'inline' },
    });
    return code;
  };
  const esbuildMinify = async (text: string) => {
    const options = { minify: true, format: 'esm', target: targets.scripts };
    // Without an export it would take a text that mentions `exports` for CommonJS and wrap it.
    const { code } = await esbuild.transform(`${text}\nexport {};`, options);
    return code.replace(/export\s*\{\s*\};?\s*$/, '');
  };
  return [
    { name: 'Rolldown, its minifier', build: (path) => withRolldown(path, true) },
    { name: 'esbuild, its minifier', build: (path) => withEsbuild(esbuild, path, true) },
    { name: 'esbuild, then Oxc', build: async (path) => oxc(await withEsbuild(esbuild, path, false)) },
    {
      name: 'Rolldown, then esbuild',
      build: async (path) => esbuildMinify(await withRolldown(path, false)),
    },
  ];
}

/** With the options that the compressor gives it. */
async function withRolldown(path: string, isMinified: boolean): Promise<string> {
  const bundle = await rolldown({
    cwd: peersFolder,
    input: path,
    platform: 'browser',
    tsconfig: false,
    preserveEntrySignatures: false,
    transform: { target: [...targets.scripts], define: { 'process.env.NODE_ENV': '"production"' } },
  });
  try {
    const { output } = await bundle.generate({
      format: 'esm',
      minify: isMinified,
      comments: { legal: true, annotation: !isMinified, jsdoc: false },
    });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}

async function withEsbuild(esbuild: Esbuild, path: string, isMinified: boolean): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    minify: isMinified,
    target: targets.scripts,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

function minifiers(esbuild: Esbuild): Way[] {
  return [
    {
      name: 'Oxc',
      async build(path) {
        const { code } = await minify(path, await readFile(path, 'utf8'), {
          module: false,
          compress: { target: [...targets.scripts] },
          mangle: { toplevel: false },
          codegen: { legalComments: 'inline' },
        });
        return code;
      },
    },
    {
      name: 'esbuild',
      async build(path) {
        const options = { minify: true, target: targets.scripts };
        return (await esbuild.transform(await readFile(path, 'utf8'), options)).code;
      },
    },
  ];
}
