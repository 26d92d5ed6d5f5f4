import { decodedMappings, TraceMap } from '@jridgewell/trace-mapping';
import type { RawSourceMap } from '../build/source-map.ts';

/** Bytes by the sources they come from, as a source map calls them; `undefined` for what no source accounts for. */
export type BytesBySource = ReadonlyMap<string | undefined, number>;

/**
 * Attributes each byte of a text to a source. A mapping holds up to the next one on its line, line break included. What stands
 * before the first one of a line, and what tools added, comes from nowhere.
 *
 * @returns numbers that add up to the bytes of the text as UTF-8
 */
export function attributeBytes(text: string, map: RawSourceMap): BytesBySource {
  const bytes = new Map<string | undefined, number>();
  const mappings = decodedMappings(new TraceMap(JSON.stringify(map)));
  const lines = text.split('\n');
  for (const [index, content] of lines.entries()) {
    const line = index < lines.length - 1 ? `${content}\n` : content;
    const offsetOf = byteOffsets(line);
    let [from, source] = [0, nowhere];
    for (const [column, sourceIndex] of mappings[index] ?? []) {
      const to = Math.max(from, offsetOf(column));
      add(bytes, source, to - from);
      from = to;
      source = sourceIndex === undefined ? undefined : (map.sources[sourceIndex] ?? undefined);
    }
    add(bytes, source, offsetOf(line.length) - from);
  }
  return bytes;
}

const nowhere: string | undefined = undefined;

function add(bytes: Map<string | undefined, number>, source: string | undefined, count: number): void {
  if (count > 0) bytes.set(source, (bytes.get(source) ?? 0) + count);
}

/** How many bytes of UTF-8 come before a column, which counts UTF-16 code units. */
function byteOffsets(line: string): (column: number) => number {
  const total = Buffer.byteLength(line);
  if (total === line.length) return (column) => Math.min(column, total);
  const offsets: number[] = [];
  let offset = 0;
  for (const character of line) {
    // Half of a surrogate pair counts as nothing, the other half as all of it.
    for (let unit = 0; unit < character.length; unit += 1) offsets.push(offset);
    offset += Buffer.byteLength(character);
  }
  return (column) => offsets[column] ?? total;
}
