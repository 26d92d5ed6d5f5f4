import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Names that systems install Chromium or Chrome under. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * The path of a Chromium for browser tests: the one that CHROMIUM names, the system's, or one installed now with the
 * system's package manager. Says what it does; ends the process with advice where nothing helps.
 */
export function ensureChromium(): string {
  const found = process.env.CHROMIUM ?? findChromium();
  if (found !== undefined) return found;
  const installed = process.getuid?.() === 0 && hasProgram('apt-get') ? installWithApt() : undefined;
  if (installed !== undefined) return installed;
  process.stderr.write(
    'The browser tests need Chromium, and none was found. Install it (for instance: sudo apt-get install chromium,\n' +
      'or npx playwright-core install chromium) or set CHROMIUM to the path of one.\n',
  );
  return process.exit(1);
}

function installWithApt(): string | undefined {
  process.stderr.write('No Chromium found. Installing the Debian package: apt-get install chromium\n');
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const install = () =>
    spawnSync(
      'apt-get',
      ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      options,
    ).status === 0;
  // Package lists may be missing or old on a fresh machine.
  if (!install()) {
    spawnSync('apt-get', ['update'], options);
    install();
  }
  return findChromium();
}

function findChromium(): string | undefined {
  return NAMES.map(programPath).find((path) => path !== undefined);
}

function hasProgram(name: string): boolean {
  return programPath(name) !== undefined;
}

function programPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false; // Not there, or not to be run.
      }
    });
}
