import remapping from '@jridgewell/remapping';
import { encodedMap, FlattenMap } from '@jridgewell/trace-mapping';

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

/** The map of two steps in a row: `later` leads back into the text that `earlier` leads back from. */
export function composeMaps(later: RawSourceMap, earlier: RawSourceMap): RawSourceMap {
  let isFirst = true;
  const composed = remapping(mutable(later), () => {
    if (!isFirst) return null;
    isFirst = false;
    return mutable(earlier);
  });
  return readMap({ ...composed, mappings: String(composed.mappings) });
}

/** The same map with other names for its sources. */
export function renameSources(map: RawSourceMap, rename: (source: string) => string): RawSourceMap {
  return { ...map, sources: map.sources.map((source) => (source === null ? null : rename(source))) };
}

/** A text with the map back to its sources. */
export interface MappedText {
  readonly text: string;
  readonly map?: RawSourceMap | undefined;
}

/** Puts texts one after the other, each starting on a line of its own, and their maps with them. */
export function joinTexts(parts: readonly MappedText[]): MappedText {
  const text = parts.map((part) => part.text).join('\n');
  if (parts.every((part) => part.map === undefined)) return { text };
  let line = 0;
  const sections = parts.flatMap((part) => {
    const offset = { line, column: 0 };
    line += part.text.split('\n').length;
    return part.map === undefined ? [] : [{ offset, map: mutable(part.map) }];
  });
  return { text, map: readMap(JSON.stringify(encodedMap(FlattenMap({ version: 3, sections })))) };
}

/** Adds whole lines before a text. */
export function prependLines(lines: string, { text, map }: MappedText): MappedText {
  if (lines === '') return { text, map };
  const shift = ';'.repeat(lines.split('\n').length);
  return { text: `${lines}\n${text}`, map: map && { ...map, mappings: shift + map.mappings } };
}

/** The libraries declare their inputs as arrays that they could change; they do not. */
function mutable(map: RawSourceMap) {
  return {
    version: 3 as const,
    mappings: map.mappings,
    names: [...map.names],
    sources: [...map.sources],
    ...(map.sourcesContent && { sourcesContent: [...map.sourcesContent] }),
  };
}
