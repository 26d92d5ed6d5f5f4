import { createRequire } from 'node:module';
import type { Targets } from 'lightningcss';
import { messageOf } from '../caught.ts';
import { CompressorError } from '../errors.ts';

/** Both packages are large; where the targets are known from the build cache, nobody waits for them. */
const require = createRequire(import.meta.url);

function loadBrowserslist(): typeof import('browserslist') {
  return require('browserslist');
}

function loadLightning(): typeof import('lightningcss') {
  return require('lightningcss');
}

/** The browsers to build for, as the tools take them. */
export interface BuildTargets {
  readonly styles: Targets;
  /** Names with versions as esbuild and Oxc spell them: `chrome120`. */
  readonly scripts: readonly string[];
}

/** Names that browserslist uses and the script tools know, with the names they know them by. */
const SCRIPT_ENGINES: Readonly<Record<string, string>> = {
  chrome: 'chrome',
  and_chr: 'chrome',
  edge: 'edge',
  firefox: 'firefox',
  and_ff: 'firefox',
  safari: 'safari',
  ios_saf: 'ios',
  opera: 'opera',
};

/**
 * Resolves browserslist queries with the browser data that is installed; no configuration file is read. What is widely
 * available is so on the date of that data, not today: servers with the same packages build the same on any day.
 *
 * @throws CompressorError `config-invalid` for a query that browserslist does not understand
 */
export function resolveTargets(queries: readonly string[]): BuildTargets {
  const browsers = resolve(queries.map(withDate));
  const lowest = new Map<string, number>();
  for (const browser of browsers) {
    const [name = '', version = ''] = browser.split(' ');
    const engine = SCRIPT_ENGINES[name];
    const number = Number.parseFloat(version);
    if (engine === undefined || Number.isNaN(number)) continue;
    lowest.set(engine, Math.min(lowest.get(engine) ?? number, number));
  }
  return {
    styles: loadLightning().browserslistToTargets(browsers),
    scripts: [...lowest].map(([engine, version]) => `${engine}${version}`).sort(),
  };
}

function resolve(queries: readonly string[]): string[] {
  try {
    return loadBrowserslist()([...queries], { path: false });
  } catch (cause) {
    throw new CompressorError('config-invalid', {
      message: `the option "build.browsers" is wrong: ${messageOf(cause)}`,
      cause,
    });
  }
}

/** Names the date that `baseline widely available` leaves open. */
function withDate(query: string): string {
  return query.replace(/\bbaseline\s+widely\s+available\b(?!\s+on\b)/gi, `$& on ${dataDate()}`);
}

/** The day of the latest release that the browser data knows. */
function dataDate(): string {
  const seconds = Object.values(loadBrowserslist().data).flatMap((browser) =>
    Object.values(browser?.releaseDate ?? {}).filter((date) => typeof date === 'number'),
  );
  return new Date(Math.max(...seconds) * 1000).toISOString().slice(0, 10);
}
