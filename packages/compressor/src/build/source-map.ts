import type { BuildContext } from './context.ts';

/** A source map as the tools give and take it (ECMA-426, version 3). */
export interface RawSourceMap {
  readonly version: 3;
  readonly mappings: string;
  readonly names: readonly string[];
  readonly sources: readonly (string | null)[];
  readonly sourcesContent?: readonly (string | null)[];
}

/** Reads a map that a tool gave as JSON text or as an object with a looser type. */
export function readMap(map: string | Uint8Array | LooseMap): RawSourceMap {
  const loose: LooseMap =
    typeof map === 'string' || map instanceof Uint8Array ? JSON.parse(map.toString()) : map;
  return {
    version: 3,
    mappings: loose.mappings,
    names: loose.names ?? [],
    sources: loose.sources,
    ...(loose.sourcesContent && { sourcesContent: loose.sourcesContent.map((content) => content ?? null) }),
  };
}

interface LooseMap {
  readonly mappings: string;
  readonly names?: readonly string[];
  readonly sources: readonly (string | null)[];
  readonly sourcesContent?: readonly (string | null | undefined)[] | null;
}

/** The same map with other names for its sources. */
export function renameSources(map: RawSourceMap, rename: (source: string) => string): RawSourceMap {
  return { ...map, sources: map.sources.map((source) => (source === null ? null : rename(source))) };
}

/** How a file is called in source maps: without a path of this machine, and told apart from a URL of the site. */
export function mapSource(path: string, context: BuildContext): string {
  return mapSourceOfName(context.finder.nameOf(path) ?? path);
}

/** The same for a file whose name is known. */
export function mapSourceOfName(name: string): string {
  return name.startsWith('npm:') ? `npm:///${name.slice('npm:'.length)}` : `static:///${name}`;
}

/** The path of a source as tools write it into maps: absolute, a file URL, or absolute without its first slash. */
export function absolutePath(source: string): string {
  const path = source.startsWith('file:') ? decodeURIComponent(new URL(source).pathname) : source;
  return path.startsWith('/') ? path : `/${path}`;
}

/** A text with the map back to its sources. */
export interface MappedText {
  readonly text: string;
  readonly map?: RawSourceMap | undefined;
}

/** Adds whole lines before a text. */
export function prependLines(lines: string, { text, map }: MappedText): MappedText {
  if (lines === '') return { text, map };
  const shift = ';'.repeat(lines.split('\n').length);
  return { text: `${lines}\n${text}`, map: map && { ...map, mappings: shift + map.mappings } };
}
