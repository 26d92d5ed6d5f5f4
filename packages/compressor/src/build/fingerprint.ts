import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import type { ResolvedConfig } from '../config/config.ts';
import { contentHash } from '../hash.ts';
import type { BuildTargets } from './targets.ts';
import type { Transformer } from './transformer.ts';

/** The version of an installed package; undefined if it is not installed. */
export function installedVersion(name: string): string | undefined {
  let manifest: string | undefined;
  try {
    manifest = findPackageJSON(name, import.meta.url);
  } catch {
    return undefined; // Node throws for a package that is not installed.
  }
  if (manifest === undefined) return undefined;
  const data: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
  return typeof data === 'object' && data !== null && 'version' in data ? String(data.version) : undefined;
}

/** The packages whose version decides what comes out of a build. */
const TOOLS = [
  '@csstools/css-tokenizer',
  'lightningcss',
  'rolldown',
  '@jridgewell/remapping',
  '@jridgewell/trace-mapping',
];

/** Raise when this package itself builds something else from the same sources with the same tools. */
const PIPELINE_VERSION = 1;

/**
 * A hash over all that shapes results beside the sources: options, browsers, tool versions, transformers. It is the same
 * on every machine with the same lockfile and configuration, and part of every recipe key.
 */
export function pipelineFingerprint(
  { build, static: { url } }: Pick<ResolvedConfig, 'build' | 'static'>,
  targets: BuildTargets,
  transformers: readonly Transformer[],
): string {
  return contentHash(
    JSON.stringify([
      PIPELINE_VERSION,
      TOOLS.map((tool) => [tool, installedVersion(tool)]),
      url,
      [build.minify, build.sourceMaps, build.dataUris, build.jsx.runtime, build.jsx.importSource],
      Object.entries(targets.styles).sort(),
      targets.scripts,
      build.kinds.map(({ name, version, extension }) => [name, version, extension]),
      transformers.map(({ name, version, extensions, output }) => [name, version, extensions, output]),
    ]),
  );
}
