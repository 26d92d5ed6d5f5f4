import { type Dirent, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { contentHash } from '../../hash.ts';
import type { Surroundings } from './index.ts';

/** Where tools that look files up by themselves may look. */
export interface SiteFolders {
  readonly base: string;
  readonly roots: readonly string[];
  /** Absolute paths that builds write to, whose names say nothing. */
  readonly written: readonly string[];
}

/**
 * Says which files there are beside those that were read. A tool that resolves imports by itself (Sass, the bundler, a
 * transformer of the site) takes the first of many candidates, so a new file can take the place of one that was read without
 * any of those changing. Nobody tells what the candidates are. So what such a tool made is valid only as long as these stay:
 *
 * - in the static folders and the folder of the configuration, all names that could be found;
 * - around files read elsewhere, so in packages: the names in each folder from the file up to its package's, and in each
 *   `node_modules` above; where a link leads; and the content of every `package.json` on the way up, which decides by
 *   `exports`, `type` and the like what an import means.
 *
 * Lockfiles need not be looked at: what an installation changes shows in the names and in `package.json`.
 */
export class SurroundingsReader {
  readonly #folders: SiteFolders;
  readonly #names = new Map<string, string>();
  readonly #site = new Map<Surroundings['kind'], string>();

  constructor(folders: SiteFolders) {
    this.#folders = folders;
  }

  /** Takes down the names of the site now, if that was not done yet. */
  look(): void {
    this.#siteNames('all');
    this.#siteNames('code');
  }

  /** @param paths absolute paths of the files that were read */
  read(kind: Surroundings['kind'], paths: Iterable<string>): Surroundings {
    return { kind, site: this.#siteNames(kind), packages: this.#packages(paths) };
  }

  #siteNames(kind: Surroundings['kind']): string {
    const known = this.#site.get(kind);
    if (known !== undefined) return known;
    const { base, roots } = this.#folders;
    const names = [...new Set([base, ...roots])].map((folder) => [
      relative(base, folder),
      this.#below(folder, kind, new Set()).sort(),
    ]);
    const hash = contentHash(JSON.stringify(names));
    this.#site.set(kind, hash);
    return hash;
  }

  #below(folder: string, kind: Surroundings['kind'], links: ReadonlySet<string>): string[] {
    return entriesOf(folder).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (IGNORED.has(entry.name) || this.#folders.written.includes(path)) return [];
      const name = relative(this.#folders.base, path).split(sep).join('/');
      if (entry.isDirectory()) return this.#below(path, kind, links);
      if (entry.isSymbolicLink()) {
        const target = linkTarget(path);
        const own = `${name} -> ${target}`;
        // A link to a folder shows all that is in it, and may lead in a circle.
        return links.has(target) ? [own] : [own, ...this.#below(path, kind, new Set([...links, target]))];
      }
      return kind === 'all' || CODE.has(extname(entry.name).toLowerCase()) ? [name] : [];
    });
  }

  #packages(paths: Iterable<string>): string {
    const { base, roots } = this.#folders;
    const isSite = (folder: string) =>
      [base, ...roots].some((each) => folder === each || folder.startsWith(each + sep)) &&
      !folder.split(sep).includes('node_modules');
    const folders = new Set<string>();
    for (const start of [...[...paths].map(dirname), base, ...roots]) {
      for (let folder = start; !folders.has(folder); folder = dirname(folder)) folders.add(folder);
    }
    const facts = [...folders].sort().map((folder) => [
      relative(base, folder),
      // What is above packages and site is none of theirs.
      isSite(folder) || !isInPackage(folder) ? '' : this.#namesIn(folder),
      this.#namesIn(join(folder, 'node_modules')),
      hashOf(join(folder, 'package.json')),
    ]);
    return contentHash(JSON.stringify(facts));
  }

  /** The names in a folder, with where links lead, as a hash; scopes of packages with what is in them. */
  #namesIn(folder: string): string {
    const known = this.#names.get(folder);
    if (known !== undefined) return known;
    const names = entriesOf(folder)
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => {
        if (entry.isSymbolicLink()) return `${entry.name} -> ${linkTarget(join(folder, entry.name))}`;
        return entry.name.startsWith('@')
          ? `${entry.name} ${this.#namesIn(join(folder, entry.name))}`
          : entry.name;
      });
    const hash = names.length === 0 ? '' : contentHash(names.sort().join('\n'));
    this.#names.set(folder, hash);
    return hash;
  }
}

/** Whether a folder is an installed package or in one, or in a package of the workspace. */
function isInPackage(folder: string): boolean {
  if (folder.split(sep).includes('node_modules')) return true;
  for (let above = folder; dirname(above) !== above; above = dirname(above)) {
    if (hashOf(join(above, 'package.json')) !== '') return true;
  }
  return false;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // There is no such folder, or nobody may look into it, tools included.
  }
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function hashOf(file: string): string {
  try {
    return contentHash(readFileSync(file));
  } catch {
    return '';
  }
}

/** What no build reads from by looking around. */
const IGNORED = new Set(['node_modules', '.git', '.hg', '.svn']);

/** What Sass and the bundler find without being told the extension, and what has none. */
const CODE = new Set([
  ...['', '.css', '.scss', '.sass', '.js', '.mjs', '.cjs', '.jsx', '.ts', '.mts', '.cts', '.tsx', '.json'],
]);
