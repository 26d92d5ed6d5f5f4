import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { type AsyncCompiler, initAsyncCompiler, NodePackageImporter } from 'sass-embedded';
import { peersFolder } from '../peers.ts';

/** Dart Sass in one process that stays, set up as the compressor sets up its own. */
export function startSass() {
  let compiler: Promise<AsyncCompiler> | undefined;
  return {
    async compile(path: string): Promise<string> {
      compiler ??= initAsyncCompiler();
      const [running, text] = await Promise.all([compiler, readFile(path, 'utf8')]);
      const { css } = await running.compileStringAsync(text, {
        url: pathToFileURL(path),
        importers: [new NodePackageImporter(peersFolder)],
        quietDeps: true,
        logger: { warn() {} },
      });
      return css;
    },
    async close(): Promise<void> {
      await (await compiler)?.dispose();
    },
  };
}
