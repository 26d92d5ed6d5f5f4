import browserslist from 'browserslist';
import { browserslistToTargets, type Targets } from 'lightningcss';

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

/** Resolves browserslist queries with the browser data that is installed; no configuration file is read. */
export function resolveTargets(queries: readonly string[]): BuildTargets {
  const browsers = browserslist([...queries], { path: false });
  const lowest = new Map<string, number>();
  for (const browser of browsers) {
    const [name = '', version = ''] = browser.split(' ');
    const engine = SCRIPT_ENGINES[name];
    const number = Number.parseFloat(version);
    if (engine === undefined || Number.isNaN(number)) continue;
    lowest.set(engine, Math.min(lowest.get(engine) ?? number, number));
  }
  return {
    styles: browserslistToTargets(browsers),
    scripts: [...lowest].map(([engine, version]) => `${engine}${version}`).sort(),
  };
}
