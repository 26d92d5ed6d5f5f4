// What takes the libraries for source maps: modules that a server loads when it starts import this one when they need it.
import remapping from '@jridgewell/remapping';
import {
  decodedMappings,
  encodedMap,
  encodedMappings,
  FlattenMap,
  TraceMap,
} from '@jridgewell/trace-mapping';
import type { Position } from './edited-text.ts';
import { type MappedText, type RawSourceMap, readMap } from './source-map.ts';

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

/** The map of a text that stands as it was written: each word leads to itself. */
export function plainMap(source: string, text: string): RawSourceMap {
  const mappings = text.split('\n').map((content, line) => {
    const words = content.matchAll(/[\w$\u0080-\uffff]+|[^\s\w$]/g);
    return Array.from(words, ({ index }): [number, number, number, number] => [index, 0, line, index]);
  });
  const encoded = encodedMappings(new TraceMap({ version: 3, names: [], sources: [source], mappings }));
  return { version: 3, names: [], mappings: encoded, sources: [source], sourcesContent: [text] };
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
