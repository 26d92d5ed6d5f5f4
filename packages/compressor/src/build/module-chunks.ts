import type { OutputChunk } from 'rolldown';
import { contentHash, withHash, withoutHash } from '../hash.ts';
import { type Artifact, createArtifact } from './artifact.ts';
import type { BuildContext } from './context.ts';
import { absolutePath, mapSource, type RawSourceMap, readMap, renameSources } from './source-map.ts';

/** What the page loads of a bundle. */
export interface EntryText {
  readonly text: string;
  readonly map: RawSourceMap | undefined;
  /** Names of the chunks that it imports, now or later. */
  readonly references: readonly string[];
}

/** A chunk on its way to becoming an artifact; all names are still those of the bundler. */
interface Piece {
  readonly name: string;
  readonly isEntry: boolean;
  readonly text: string;
  readonly map: RawSourceMap | undefined;
  readonly references: readonly string[];
}

/** Makes artifacts of what the bundler gave: names that stand for the content, source maps without paths of this machine. */
export function chunksToArtifacts(
  chunks: readonly OutputChunk[],
  context: BuildContext,
): { entries: EntryText[]; files: Artifact[] } {
  const pieces = chunks.map((chunk) => toPiece(chunk, context)).sort(byName);
  const names = finalNames(pieces);
  const rename = (text: string) => {
    return text.replace(CHUNK_NAME, (_match, start: string, name: string) => {
      return start + (names.get(name) ?? name);
    });
  };
  const entries: EntryText[] = [];
  const files: Artifact[] = [];
  for (const { name, isEntry, text, map, references } of pieces) {
    const own = references.map((reference) => names.get(reference) ?? reference).sort();
    if (isEntry) {
      entries.push({ text: rename(text), map, references: own });
      continue;
    }
    const mapFile = map && createArtifact(`${withoutHash(name)?.name ?? name}.map`, JSON.stringify(map));
    if (mapFile) files.push(mapFile);
    const linked = mapFile ? `${rename(text)}\n//# sourceMappingURL=${mapFile.name}` : rename(text);
    files.push({
      name: names.get(name) ?? name,
      bytes: Buffer.from(linked),
      type: 'text/javascript; charset=utf-8',
      references: mapFile ? [...own, mapFile.name].sort() : own,
    });
  }
  return { entries, files };
}

/** A chunk's name in the text of another, with the quote and dot before it. */
const CHUNK_NAME = /(["'`]\.\/)([^"'`\s]+\.[0-9a-f]{16}\.js)(?=["'`])/g;

function toPiece(chunk: OutputChunk, context: BuildContext): Piece {
  const { fileName, isEntry, code, map } = chunk;
  return {
    name: fileName,
    isEntry,
    text: code.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '').trimEnd(),
    map: map ? renameSources(readMap(map), (path) => mapSource(absolutePath(path), context)) : undefined,
    references: [...new Set([...chunk.imports, ...chunk.dynamicImports])].filter((name) => withoutHash(name)),
  };
}

/**
 * Names chunks after all that is served under the name and below it. The bundler's own names leave the source map out, to
 * which the text is linked, so one name could mean two texts. Chunks may import each other in a circle, so a name stands for
 * the content of every chunk that can be reached.
 */
function finalNames(pieces: readonly Piece[]): ReadonlyMap<string, string> {
  const byOldName = new Map(pieces.map((piece) => [piece.name, piece]));
  const reach = (name: string, seen: Set<string>): Set<string> => {
    if (!seen.has(name))
      for (const next of byOldName.get(name)?.references ?? []) reach(next, seen.add(name));
    return seen.add(name);
  };
  const chunks = pieces.filter(({ isEntry }) => !isEntry);
  return new Map(
    chunks.map(({ name }) => {
      const content = [...reach(name, new Set())].sort().map((each) => {
        const piece = byOldName.get(each);
        return [each, piece?.text, piece?.map];
      });
      return [name, withHash(withoutHash(name)?.name ?? name, contentHash(JSON.stringify([name, content])))];
    }),
  );
}

/** Entries first, by their numbers. */
function byName(a: Piece, b: Piece): number {
  if (a.isEntry && b.isEntry) return entryNumber(a) - entryNumber(b);
  if (a.isEntry !== b.isEntry) return a.isEntry ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

function entryNumber({ name }: Piece): number {
  return Number(/^entry(\d+)\./.exec(name)?.[1] ?? 0);
}
