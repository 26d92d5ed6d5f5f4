import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownCode } from '../build/cache/own-code.ts';
import { installedVersion } from '../build/fingerprint.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { contentHash } from '../hash.ts';
import type { Block } from '../recipe/parse.ts';
import type { Discovery } from './discover.ts';
import type { ExploreTemplate } from './exploration.ts';
import type { Occurrence } from './occurrences.ts';
import { type KeptDiscovery, keepDiscovery, recallDiscovery } from './remembered-discovery.ts';
import type { Run } from './taken-later.ts';

/** What exploring found the last time, for when it would find the same again. */
export interface DiscoveryMemory {
  recall(
    runs: readonly Run[],
  ): Promise<{ readonly discovery: Discovery; readonly contents: readonly Block[] } | undefined>;
  keep(discovery: Discovery, occurrences: readonly Occurrence[]): void;
}

/** Where facts are kept from one process to the next. */
interface Facts {
  get(name: string): unknown;
  set(name: string, value: unknown): unknown;
}

/** A discovery, with a hash of all that it was made from beside contexts. */
interface Entry {
  readonly key: string;
  readonly discovery: KeptDiscovery;
}

/**
 * Remembers what exploring found; undefined for engines that a site made, whose tags and filters nobody can look into, and for
 * template folders that are too large or hold links to others.
 *
 * @param isPure whether exploring, so far, asked for nothing but templates and contexts
 */
export function discoveryMemory(
  config: Pick<ResolvedConfig, 'templates' | 'static' | 'mode' | 'build'>,
  facts: Facts,
  explore: ExploreTemplate,
  isPure: () => boolean,
): DiscoveryMemory | undefined {
  const { engine, roots, extensions } = config.templates;
  if (typeof engine !== 'string') return undefined;
  const templates = templatesIn(roots);
  if (templates === undefined) return undefined;
  const key = contentHash(
    JSON.stringify([
      process.version,
      ownCode(CODE),
      [engine, installedVersion(engine === 'liquid' ? 'liquidjs' : engine)],
      [config.mode, extensions, config.static.url],
      config.build.kinds.map((kind) => [
        kind.name,
        kind.extension,
        kind.element,
        kind.attribute,
        kind.inline !== undefined,
      ]),
      // Filters write dates in the local time; to ask for the name of the zone would load the names of all.
      [process.env.TZ, ...SEASONS.map((month) => new Date(2026, month).getTimezoneOffset())],
      templates,
    ]),
  );
  const isCurrent = (value: unknown): value is Entry =>
    // The same code wrote it.
    typeof value === 'object' && value !== null && 'key' in value && value.key === key;
  return {
    async recall(runs) {
      const entry = facts.get(NAME);
      return isCurrent(entry) ? recallDiscovery(entry.discovery, runs, explore) : undefined;
    },
    keep(discovery, occurrences) {
      const kept = isPure() ? keepDiscovery(discovery, occurrences) : undefined;
      if (kept !== undefined) facts.set(NAME, { key, discovery: kept });
    },
  };
}

/** January and July, one of which has summer time where there is any. */
const SEASONS = [0, 6];

/** The fact that is the latest discovery. */
const NAME = 'discovery';

/** What finds blocks, and says what they mean. */
const CODE = [
  ...['recipe', 'sources', 'render', 'offline', 'engines'],
  ...['engines/liquid', 'engines/nunjucks', 'engines/nunjucks/explore'],
];

/** All files below the template folders with the hashes of their contents, since any template may use any of them. */
function templatesIn(
  roots: readonly string[],
): readonly (readonly [name: string, hash: string])[] | undefined {
  const files: [string, string][] = [];
  for (const [index, root] of roots.entries()) {
    const entries = entriesIn(root);
    if (
      entries === undefined ||
      entries.length > MOST_FILES ||
      entries.some((entry) => entry.isSymbolicLink())
    )
      return undefined;
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.push([`${index} ${path.slice(root.length)}`, contentHash(readFileSync(path))]);
    }
  }
  return files.sort(([a], [b]) => (a < b ? -1 : 1));
}

function entriesIn(root: string): Dirent[] | undefined {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true });
  } catch {
    return undefined; // Whoever lists the templates says so.
  }
}

/** In folders with more files, looking at all of them takes longer than exploring templates. */
const MOST_FILES = 5_000;
