import { readFile } from 'node:fs/promises';
import { importPeer, peersFolder } from '../peers.ts';
import { targets } from '../targets.ts';
import type { PackageBuilder } from './builder.ts';
import { type Input, joinScripts, pathOf } from './inputs.ts';

/** What is used of Vite. */
interface Vite {
  build(options: Readonly<Record<string, unknown>>): Promise<unknown>;
  minify(name: string, text: string, options: Readonly<Record<string, unknown>>): Promise<{ code: string }>;
}

/**
 * Vite by its build API, with its defaults: Oxc minifies scripts, Lightning CSS minifies styles. It starts and ends a Sass
 * process for each build. It has no mode for classic scripts that leaves their names alone, so those go through the minifier
 * that it exports, with the compressor's settings.
 */
export async function startVite(): Promise<PackageBuilder> {
  const vite: unknown = await importPeer('vite');
  if (!isVite(vite)) throw new Error('This Vite has another interface.');

  const sass: unknown = await importPeer('sass-embedded');
  if (!isSass(sass)) throw new Error('This Sass has another interface.');

  const bundle = async (path: string): Promise<string> => {
    const result = await vite.build({
      root: peersFolder,
      configFile: false,
      envDir: false,
      publicDir: false,
      logLevel: 'silent',
      mode: 'production',
      css: {
        lightningcss: { targets: targets.styles },
        preprocessorOptions: {
          scss: { importers: [new sass.NodePackageImporter(peersFolder)], quietDeps: true },
        },
      },
      build: {
        write: false,
        target: targets.scripts,
        sourcemap: false,
        reportCompressedSize: false,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: path,
          output: { comments: { legal: true, annotation: false, jsdoc: false } },
        },
      },
    });
    return outputText(result, path.endsWith('css') ? '.css' : '.js');
  };

  const minify = async (path: string): Promise<string> => {
    const { code } = await vite.minify(path, await readFile(path, 'utf8'), {
      module: false,
      compress: { target: [...targets.scripts] },
      mangle: { toplevel: false },
      codegen: { legalComments: 'inline' },
    });
    return code;
  };

  const build = async ({ goal, files }: Input): Promise<string> => {
    const paths = files.map(pathOf);
    if (goal === 'classic') return joinScripts(await Promise.all(paths.map(minify)));
    return bundle(paths[0] ?? '');
  };

  return { name: 'vite', build, close: async () => {} };
}

function isVite(module: unknown): module is Vite {
  return typeof module === 'object' && module !== null && 'build' in module && 'minify' in module;
}

/** Vite uses the Sass beside it, which knows only importers of its own. */
function isSass(module: unknown): module is { NodePackageImporter: new (folder: string) => object } {
  return typeof module === 'object' && module !== null && 'NodePackageImporter' in module;
}

/** What is used of a file that Vite made: scripts have `code`, others a `source`. */
interface OutputFile {
  readonly fileName: string;
  readonly code?: string;
  readonly source?: string | Uint8Array;
}

/** The text of the one file with an extension among the outputs. */
function outputText(result: unknown, extension: string): string {
  const outputs: unknown = Array.isArray(result) ? result[0] : result;
  const output = typeof outputs === 'object' && outputs !== null && 'output' in outputs ? outputs.output : [];
  const files: readonly OutputFile[] = Array.isArray(output) ? output : [];
  const texts = files
    .filter(({ fileName }) => fileName.endsWith(extension))
    .map(({ code, source }) => String(code ?? source));
  const [text] = texts;
  if (text === undefined || texts.length > 1)
    throw new Error(`Vite gave ${texts.length} files ${extension}.`);
  return text;
}
