import remapping from '@jridgewell/remapping';
import {
  decodedMappings,
  encodedMap,
  encodedMappings,
  FlattenMap,
  TraceMap,
} from '@jridgewell/trace-mapping';
import type { BuildContext } from './context.ts';
import type { Position } from './edited-text.ts';

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

/** A map whose columns in the result count bytes of UTF-8, as Lightning CSS counts them, with those of source maps instead. */
export function countCharacters(map: RawSourceMap, text: string): RawSourceMap {
  if (Buffer.byteLength(text) === text.length) return map;
  const lines = text.split('\n');
  const mappings = decodedMappings(new TraceMap(JSON.stringify(map))).map((segments, index) => {
    const bytes = Buffer.from(lines[index] ?? '');
    if (bytes.length === lines[index]?.length) return segments;
    let [column, counted] = [0, 0];
    return segments.map((segment): typeof segment => {
      const [start, ...origin] = segment;
      column += bytes.toString('utf8', counted, start).length;
      counted = start;
      const [source, line, sourceColumn] = origin;
      return source === undefined || line === undefined || sourceColumn === undefined
        ? [column]
        : [column, source, line, sourceColumn];
    });
  });
  const { sources } = map;
  const counted = new TraceMap({ version: 3, names: [], sources: [...sources], mappings });
  return { ...map, names: [], mappings: encodedMappings(counted) };
}

/** A place in a source, and what the source holds. */
export interface MappedPlace extends Position {
  readonly source: string;
  readonly content: string | undefined;
}

/** The same map with each place taken further back, whatever source it names; what leads nowhere is left out. */
export function traceMap(
  map: RawSourceMap,
  originOf: (position: Position) => MappedPlace | undefined,
): RawSourceMap {
  const sources = new Map<string, number>();
  const contents: (string | null)[] = [];
  const mappings = decodedMappings(new TraceMap(JSON.stringify(map))).map((line) =>
    line.map((segment): typeof segment => {
      const [column, index, sourceLine = 0, sourceColumn = 0] = segment;
      if (index === undefined) return [column];
      const origin = originOf({ line: sourceLine + 1, column: sourceColumn + 1 });
      if (origin === undefined) return [column];
      const known = sources.get(origin.source) ?? sources.size;
      if (known === sources.size) {
        sources.set(origin.source, known);
        contents.push(origin.content ?? null);
      }
      return [column, known, origin.line - 1, origin.column - 1];
    }),
  );
  const traced = new TraceMap({ version: 3, names: [], sources: [...sources.keys()], mappings });
  return {
    version: 3,
    names: [],
    mappings: encodedMappings(traced),
    sources: [...sources.keys()],
    sourcesContent: contents,
  };
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

/** The map of a text that stands as it was written: each word leads to itself. */
export function plainMap(source: string, text: string): RawSourceMap {
  const mappings = text.split('\n').map((content, line) => {
    const words = content.matchAll(/[\w$\u0080-\uffff]+|[^\s\w$]/g);
    return Array.from(words, ({ index }): [number, number, number, number] => [index, 0, line, index]);
  });
  const encoded = encodedMappings(new TraceMap({ version: 3, names: [], sources: [source], mappings }));
  return { version: 3, names: [], mappings: encoded, sources: [source], sourcesContent: [text] };
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
