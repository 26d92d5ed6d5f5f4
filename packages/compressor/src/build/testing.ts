import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import type { LogLevel } from '../log.ts';
import type { Goal, Source } from '../recipe/recipe.ts';
import type { Artifact } from './artifact.ts';
import { type Build, Builder, type BuilderOptions } from './builder.ts';
import type { BuildContext } from './context.ts';
import { createBuildContext } from './create-context.ts';

/** A tiny site in a folder of its own, for tests. It goes away with `await using`. */
export interface TestSite extends AsyncDisposable {
  readonly folder: string;
  readonly context: BuildContext;
  readonly builder: Builder;
  /** What was logged. */
  readonly logged: readonly { readonly level: LogLevel; readonly message: string }[];
  /** The absolute path of a static file. */
  path(name: string): string;
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Writes files and tells the builder, as the watcher does. */
  change(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  /** Plans and builds a group that must become one part. */
  build(goal: Goal, ...sources: readonly (string | Source)[]): Promise<SiteBuild>;
}

/** A build with the text of its first entry at hand. */
export interface SiteBuild extends Build {
  readonly text: string;
  /** The source map that the first entry links. */
  readonly map: string;
  readonly artifacts: readonly Artifact[];
}

/** How a test wants its site to be. */
export interface SiteOptions {
  readonly build?: Config['build'];
  readonly static?: Config['static'];
  readonly builder?: BuilderOptions;
  /** The folder to make the site in; default: a new one that is removed in the end. */
  readonly folder?: string;
  /** Files beside the folder `static`, by path from the site's folder. */
  readonly beside?: Readonly<Record<string, string | Uint8Array>>;
}

/** @param files by name below the folder `static` */
export async function createSite(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: SiteOptions = {},
): Promise<TestSite> {
  const made = options.folder ?? (await mkdtemp(join(tmpdir(), 'compressor-build-')));
  await mkdir(join(made, 'static'), { recursive: true });
  const folder = await realpath(made);
  const logged: { level: LogLevel; message: string }[] = [];
  const path = (name: string) => join(folder, 'static', name);
  for (const [name, content] of Object.entries(files)) await writeBelow(path(name), content);
  for (const [name, content] of Object.entries(options.beside ?? {}))
    await writeBelow(join(folder, name), content);
  await symlink(PACKAGES, join(folder, 'node_modules')).catch(() => {});
  const config = resolveConfig(
    {
      mode: 'in-request',
      ...(options.static && { static: options.static }),
      build: { browsers: 'chrome 140', ...options.build },
      logger: { log: (level, message) => logged.push({ level, message }) },
    },
    folder,
  );
  const context = createBuildContext(config);
  const builder = new Builder(context, options.builder);
  const write = (name: string, content: string | Uint8Array) => writeBelow(path(name), content);
  return {
    folder,
    context,
    builder,
    logged,
    path,
    write,
    async change(changed) {
      for (const [name, content] of Object.entries(changed)) await write(name, content);
      const paths = Object.keys(changed).map(path);
      for (const each of paths) context.reader.forget(each);
      builder.invalidate(paths);
    },
    async build(goal, ...sources) {
      const named = sources.map((source) => (typeof source === 'string' ? { file: source } : source));
      const parts = await builder.plan({ goal, sources: named });
      const [part] = parts;
      if (part === undefined || parts.length > 1) throw new Error(`${parts.length} parts instead of one`);
      const build = await builder.build(part);
      const artifacts = [...build.entries, ...build.files];
      const [entry] = build.entries;
      const map = build.files.find(({ name }) => name.endsWith('.map') && entry?.references.includes(name));
      return { ...build, artifacts, text: entry?.bytes.toString() ?? '', map: map?.bytes.toString() ?? '' };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(context.transformers.map((transformer) => transformer.close?.()));
      if (options.folder === undefined) await rm(folder, { recursive: true });
    },
  };
}

const PACKAGES = join(import.meta.dirname, '../../../../node_modules');

async function writeBelow(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** A picture small enough to write down. */
export const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>';
