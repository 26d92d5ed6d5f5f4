import { readFile } from 'node:fs/promises';
import { importPeer } from '../peers.ts';
import { targets } from '../targets.ts';
import type { PackageBuilder } from './builder.ts';
import { type Input, joinScripts, pathOf } from './inputs.ts';
import { startSass } from './sass.ts';

/** What is used of esbuild. */
export interface Esbuild {
  build(options: Readonly<Record<string, unknown>>): Promise<{ outputFiles: readonly { text: string }[] }>;
  transform(text: string, options: Readonly<Record<string, unknown>>): Promise<{ code: string }>;
  stop(): Promise<void>;
}

export async function importEsbuild(): Promise<Esbuild> {
  const module: unknown = await importPeer('esbuild');
  if (!isEsbuild(module)) throw new Error('This esbuild has another interface.');
  return module;
}

function isEsbuild(module: unknown): module is Esbuild {
  return typeof module === 'object' && module !== null && 'build' in module && 'transform' in module;
}

/** Licence comments stay: where they are in a single script, at the end of what is bundled. Both are esbuild's defaults. */
const OPTIONS = { minify: true, target: targets.scripts, logLevel: 'silent' };

const BUNDLE = {
  ...OPTIONS,
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** esbuild, in its one service process, with the Sass process of its own that it needs beside it. */
export async function startEsbuild(): Promise<PackageBuilder> {
  const esbuild = await importEsbuild();
  const sass = startSass();

  const one = async (options: Readonly<Record<string, unknown>>): Promise<string> => {
    const { outputFiles } = await esbuild.build({ ...BUNDLE, ...options });
    const [file] = outputFiles;
    if (file === undefined || outputFiles.length > 1)
      throw new Error(`${outputFiles.length} files instead of one.`);
    return file.text;
  };

  const build = async ({ goal, files }: Input): Promise<string> => {
    const paths = files.map(pathOf);
    const [path = ''] = paths;
    if (goal === 'module') return one({ entryPoints: [path] });
    if (goal === 'style') {
      if (!path.endsWith('.scss')) return one({ entryPoints: [path] });
      return one({ stdin: { contents: await sass.compile(path), loader: 'css', resolveDir: '/' } });
    }
    const texts = await Promise.all(
      paths.map(async (file) => esbuild.transform(await readFile(file, 'utf8'), OPTIONS)),
    );
    return joinScripts(texts.map(({ code }) => code));
  };

  return {
    name: 'esbuild',
    build,
    close: async () => void (await Promise.all([sass.close(), esbuild.stop()])),
  };
}
