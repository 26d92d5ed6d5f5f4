import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the peers: their package.json, and the entries that are built, which import the packages beside it. */
export const peersFolder = fileURLToPath(new URL('peers', import.meta.url));

/** Installs the peers as their lockfile says, unless that is what is there. */
export function installPeers(): void {
  const lock = createHash('sha256')
    .update(readFileSync(`${peersFolder}/package-lock.json`))
    .digest('hex');
  const stamp = `${peersFolder}/node_modules/.installed`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('Installing the peers of the benchmarks in bench/peers.\n');
  // Not `npm ci`: it refuses a lockfile that names binaries of other platforms which the registry does not have.
  const options = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', options, {
    cwd: peersFolder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The peers could not be installed; what npm said stands above.');
  writeFileSync(stamp, lock);
}

/**
 * Imports a peer. Its types are not there where only the project itself is installed, so who imports it declares what it
 * uses.
 */
export async function importPeer(name: string): Promise<unknown> {
  const { importFromHere } = await import(new URL('peers/import.mjs', import.meta.url).href);
  return importFromHere(name);
}

/** The version of an installed peer. */
export function peerVersion(name: string): string {
  return JSON.parse(readFileSync(`${peersFolder}/node_modules/${name}/package.json`, 'utf8')).version;
}
