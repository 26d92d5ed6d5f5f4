import type { Config } from '../../config/config.ts';
import { resolveConfig } from '../../config/resolve.ts';
import type { Group } from '../../recipe/recipe.ts';
import { openOfflineBuild } from './open.ts';

/** What one process built. */
export interface CachedRun {
  /** All artifacts by name, and the keys of all parts. */
  readonly results: ReadonlyMap<string, string>;
  /** The sources that were compiled, in order. */
  readonly compiled: readonly string[];
  readonly logged: readonly string[];
}

/** A group by its goal and the names of its files. */
export function group(goal: Group['goal'], ...files: readonly string[]): Group {
  return { goal, sources: files.map((file) => ({ file })) };
}

/** Builds groups in a folder as one process does. What is wrong with a group is its result. */
export async function runCached(
  folder: string,
  groups: readonly Group[],
  config: Config = {},
  withCache = true,
): Promise<CachedRun> {
  const logged: string[] = [];
  const results = new Map<string, string>();
  const resolved = resolveConfig(
    {
      mode: 'offline',
      ...config,
      build: { browsers: 'chrome 140', ...config.build },
      cache: config.cache ?? { directory: '.cache' },
      logger: { log: (_level, message) => logged.push(message) },
    },
    folder,
  );
  const { context, builder } = openOfflineBuild(resolved, withCache);
  try {
    for (const each of groups) {
      try {
        for (const part of await builder.plan(each)) {
          const { entries, files } = await builder.build(part);
          results.set(part.key, entries.map(({ name }) => name).join());
          for (const file of [...entries, ...files]) {
            results.set(file.name, `${file.integrity} ${await file.load()}`);
          }
        }
      } catch (error) {
        results.set(JSON.stringify(each), String(error));
      }
    }
  } finally {
    builder.save();
    await Promise.all(context.transformers.map((transformer) => transformer.close?.()));
  }
  const compiled = logged.flatMap((line) => (line.startsWith('compiling ') ? [line.slice(10)] : [])).sort();
  return { results, compiled, logged: logged.filter((line) => !line.startsWith('compiling ')) };
}
