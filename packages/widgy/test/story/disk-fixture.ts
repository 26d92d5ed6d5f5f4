import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { linkPackages, writeFiles } from '../../../compressor/src/testing/folder.ts';
import { copyWithoutSources } from './without-sources-fixture.ts';

/** The site that the tests are about. */
const SITE = join(import.meta.dirname, 'site');

const COMPRESSOR = join(import.meta.dirname, '../../../compressor/src/cli/bin.ts');

/** What every Node process of a site is started with. */
export const NODE_CONDITIONS = ['--conditions=widgy-source'] as const;

/** Variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a command came to. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The code of the site on a disk. */
export interface Disk extends AsyncDisposable {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs the command `compressor` there. */
  compressor(given: readonly string[], variables: Variables): Promise<Ran>;
  /** The same code on another disk, without what was made on this one but for the manifest. */
  copy(): Promise<Disk>;
  /** Such a copy on which no style and no script can be read, neither the site's own nor those of Widgy. */
  copyWithoutSources(): Promise<Disk>;
}

/** Puts the site on a disk. */
export async function siteOnDisk(): Promise<Disk> {
  const folder = await emptyFolder();
  await cp(SITE, folder, { recursive: true });
  await linkPackages(folder);
  return diskIn(folder);
}

function diskIn(folder: string): Disk {
  return {
    folder,
    write: (files) => writeFiles(folder, files),
    async compressor(given, variables) {
      const command = [...NODE_CONDITIONS, COMPRESSOR, ...given];
      const child = spawn(process.execPath, command, {
        cwd: folder,
        env: { PATH: process.env.PATH, ...variables },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const closed = once(child, 'close');
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
      await closed;
      return { status: child.exitCode, stdout, stderr };
    },
    async copy() {
      const other = await emptyFolder();
      await cp(folder, other, { recursive: true, filter: (path) => !isMade(path) });
      await linkPackages(other);
      return diskIn(other);
    },
    async copyWithoutSources() {
      const other = await emptyFolder();
      await copyWithoutSources(folder, other, isMade);
      return diskIn(other);
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What is made on a disk, and does not belong to the code. */
function isMade(path: string): boolean {
  return /\/(?:node_modules|public|\.cache|data)$/.test(path);
}

async function emptyFolder(): Promise<string> {
  return await realpath(await mkdtemp(join(tmpdir(), 'widgy-disk-')));
}
