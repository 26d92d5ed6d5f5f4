import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '../build/artifact.ts';
import { type Build, Builder, type BuilderOptions } from '../build/builder.ts';
import type { BuildContext } from '../build/context.ts';
import { createBuildContext } from '../build/create-context.ts';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import type { LogLevel } from '../log.ts';
import type { Goal, Source } from '../recipe/recipe.ts';
import { type Files, linkPackages, makeFolder, removeFolder, writeFiles, writeIn } from './folder.ts';

/** A tiny site in a folder of its own, for tests. It goes away with `await using`. */
export interface BuildSite extends AsyncDisposable {
  readonly folder: string;
  readonly context: BuildContext;
  readonly builder: Builder;
  /** What was logged. */
  readonly logged: readonly { readonly level: LogLevel; readonly message: string }[];
  /** The absolute path of a static file. */
  path(name: string): string;
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Writes files and tells the builder, as the watcher does. */
  change(files: Files): Promise<void>;
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
export interface BuildSiteOptions {
  readonly build?: Config['build'];
  readonly static?: Config['static'];
  readonly builder?: BuilderOptions;
  /** The folder to make the site in; default: a new one that is removed in the end. */
  readonly folder?: string;
  /** Files beside the folder `static`, by path from the site's folder. */
  readonly beside?: Files;
}

/** @param files by name below the folder `static` */
export async function createBuildSite(files: Files, options: BuildSiteOptions = {}): Promise<BuildSite> {
  const folder = await realpath(options.folder ?? (await makeFolder()));
  await mkdir(join(folder, 'static'), { recursive: true });
  const logged: { level: LogLevel; message: string }[] = [];
  const path = (name: string) => join(folder, 'static', name);
  await writeFiles(join(folder, 'static'), files);
  await writeFiles(folder, options.beside ?? {});
  await linkPackages(folder);
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
  const write = async (name: string, content: string | Uint8Array) => {
    await writeIn(join(folder, 'static'), name, content);
  };
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
      if (options.folder === undefined) await removeFolder(folder);
    },
  };
}

/** A picture small enough to write down. */
export const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>';
