import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A package as it is published: what of it is compiled, and what is copied beside. */
interface PublishedPackage {
  readonly name: string;
  readonly folder: string;
  /** Configurations of the compiler for scripts of browsers, each with where in `dist` its output goes. */
  readonly forBrowsers: readonly (readonly [configuration: string, to: string])[];
  readonly copied: readonly string[];
}

const PACKAGES: readonly PublishedPackage[] = [
  {
    name: '@widgy/compressor',
    folder: 'packages/compressor',
    forBrowsers: [
      ['src/serve/client/tsconfig.pack.json', 'serve/client'],
      ['src/report/client/tsconfig.pack.json', '.'],
    ],
    copied: ['package.json'],
  },
  {
    name: 'widgy',
    folder: 'packages/widgy',
    forBrowsers: [['src/library/tsconfig.pack.json', '.']],
    copied: ['package.json', 'admin'],
  },
];

/**
 * Makes a folder with the site of the benchmark and the packages as they are published, compiled to JavaScript: starting from TypeScript
 * takes longer. Types are not checked, and the packages' own folders stay as they are.
 *
 * @returns the absolute folder of the site
 */
export function compileSite(): string {
  const folder = join(root, 'bench/.cache/pages');
  rmSync(folder, { recursive: true, force: true });
  for (const { name, folder: own, forBrowsers, copied } of PACKAGES) {
    const to = join(folder, 'node_modules', name);
    mkdirSync(to, { recursive: true });
    for (const what of copied) cpSync(join(root, own, what), join(to, what), { recursive: true });
    const compile = (configuration: string, part: string) => {
      const options = ['--noCheck', '--declaration', 'false', '--outDir', join(to, 'dist', part)];
      run([join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, own, configuration), ...options]);
    };
    compile('tsconfig.pack.json', '.');
    run([join(root, 'scripts/bundle.ts'), to]);
    for (const [configuration, part] of forBrowsers) compile(configuration, part);
    run([join(root, 'scripts/copy-beside.ts'), join(root, own, 'src'), join(to, 'dist')]);
    // What only this package has in another version.
    const nested = join(root, own, 'node_modules');
    if (existsSync(nested)) symlinkSync(nested, join(to, 'node_modules'), 'junction');
  }
  const from = (name: string) => join(root, 'bench/pages', name);
  cpSync(from('widgy'), join(folder, 'widgy'), { recursive: true });
  cpSync(from('content.ts'), join(folder, 'content.ts'));
  return join(folder, 'widgy');
}

function run(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`The packages could not be compiled: ${args.join(' ')}`);
}
