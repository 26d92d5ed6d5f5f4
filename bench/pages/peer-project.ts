import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peersFolder } from '../peers.ts';

/** A peer with a project of its own, in a folder of the peers. */
export interface PeerProject {
  readonly name: 'apostrophe' | 'emdash';
  /** What its own build runs, after it was installed. */
  readonly builds: readonly PeerCommand[];
}

/** What one of its programs is given. */
export interface PeerCommand {
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The folder of a peer. */
export function peerFolder(name: PeerProject['name']): string {
  return join(peersFolder, name);
}

/** The Node.js that a peer runs on: an npm package of its own, which has the headers too that native packages are compiled with. */
export function peerNode(name: PeerProject['name']): string {
  return join(runtimeOf(name), 'bin/node');
}

function runtimeOf(name: PeerProject['name']): string {
  return join(peerFolder(name), 'node_modules', `node-${process.platform}-${process.arch}`);
}

/** Installs a peer as its lockfile says and builds it, unless that is what is there. The first time takes some minutes. */
export function installPeerProject({ name, builds }: PeerProject): void {
  const folder = peerFolder(name);
  const stamp = join(folder, 'node_modules/.built');
  const source = hashOf(folder);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === source) return;
  process.stderr.write(`Installing and building ${name} in bench/peers/${name}.\n`);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  // What must be compiled is compiled for the Node.js that comes with it.
  run(folder, 'npm', ['install', '--no-save', '--ignore-scripts', ...quiet]);
  const runtime = runtimeOf(name);
  if (!existsSync(runtime))
    throw new Error(`${name} has no Node.js for ${process.platform}-${process.arch}.`);
  const { PATH = '' } = process.env;
  run(folder, 'npm', ['rebuild', 'better-sqlite3', ...quiet], {
    PATH: `${runtime}/bin:${PATH}`,
    npm_config_nodedir: runtime,
  });
  for (const { args, environment } of builds) runPeer(name, { args, environment: { ...environment } });
  writeFileSync(stamp, source);
}

/** Runs a program of a peer on its own Node.js, as in production, and waits for it. */
export function runPeer(name: PeerProject['name'], { args, environment }: PeerCommand): void {
  run(peerFolder(name), peerNode(name), args, { NODE_ENV: 'production', ...environment });
}

function run(
  folder: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): void {
  const { status } = spawnSync(program, [...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} failed in ${folder}; what it said stands above.`);
}

/** A hash of what a peer is built from. */
function hashOf(folder: string): string {
  const files = globSync(['*.{js,mjs,json}', 'modules/**/*.html', 'src/**/*.{astro,ts}'], { cwd: folder });
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
