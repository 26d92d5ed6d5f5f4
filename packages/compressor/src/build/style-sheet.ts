import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Artifact } from './artifact.ts';
import type { BuildContext, InputLog, OpenSource } from './context.ts';
import { resolveReferences } from './css-references.ts';
import { type ScannedImport, type ScannedStyle, scanStyle } from './css-scan.ts';
import { type Edit, EditedText, LineIndex, type Position } from './edited-text.ts';
import type { ToolPlace } from './locate.ts';
import { absolutePath, type MappedText } from './source-map.ts';
import { transformSource } from './transform.ts';

/** One style sheet, compiled to CSS, with references resolved: what the bundler gets to read. */
export interface StyleSheet {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ScannedImport[];
  readonly hasDefaultNamespace: boolean;
  readonly licences: readonly string[];
  readonly files: readonly Artifact[];
  /** The texts that places in it lead back to, by absolute path. */
  readonly originals: ReadonlyMap<string, string>;
  /** Where what stands at a place of the text was written; undefined for what a compiler added. */
  originOf(position: Position): ToolPlace | undefined;
  /** The same for the character at an offset of the compiled text, before references were resolved. */
  placeOf(offset: number): ToolPlace;
}

/**
 * Compiles a style sheet and resolves its references.
 *
 * @throws CompressorError what {@link transformSource} and {@link resolveReferences} throw
 */
export async function prepareSheet(
  source: OpenSource,
  context: BuildContext,
  log: InputLog,
): Promise<StyleSheet> {
  const css = await transformSource(source, 'css', context, log);
  const { path } = source;
  let trace: TraceMap | undefined;
  const originals = new Map([[path, css.map === undefined ? css.text : source.text]]);
  for (const [index, name] of (css.map?.sources ?? []).entries()) {
    const content = css.map?.sourcesContent?.[index];
    const original = name === null ? path : absolutePath(name);
    if (typeof content === 'string' && original !== path) originals.set(original, content);
  }
  const compiledOrigin = (position: Position): ToolPlace | undefined => {
    if (css.map === undefined) return { path, ...position, text: css.text };
    // Only errors, references and source maps need it.
    trace ??= new TraceMap(JSON.stringify(css.map));
    const origin = originalPositionFor(trace, { line: position.line, column: position.column - 1 });
    if (origin.source === null) return undefined;
    const original = absolutePath(origin.source);
    return { path: original, line: origin.line, column: origin.column + 1, text: originals.get(original) };
  };
  let lines: LineIndex | undefined;
  const placeOf = (offset: number): ToolPlace => {
    lines ??= new LineIndex(css.text);
    const position = lines.positionOf(offset);
    return compiledOrigin(position) ?? { path, ...position, text: css.text };
  };
  const scanned = scanStyle(css.text);
  const { edits, files } = await resolveReferences(scanned.urls, path, placeOf, context, log);
  const edited = new EditedText(css.text, withoutComments(css, scanned, edits));
  return {
    path,
    text: edited.text,
    imports: scanned.imports,
    hasDefaultNamespace: scanned.hasDefaultNamespace,
    licences: scanned.licences.map(({ start, end }) => css.text.slice(start, end)),
    files,
    originals,
    originOf: (position) => compiledOrigin(edited.originOf(position)),
    placeOf,
  };
}

/**
 * Takes out licence comments, of which the minifier would keep only some, and links to source maps, which the bundler would
 * follow. What is taken out keeps its line breaks.
 */
function withoutComments(
  { text }: MappedText,
  { licences, mapLinks }: ScannedStyle,
  edits: readonly Edit[],
): Edit[] {
  const comments = [...licences, ...mapLinks].map(({ start, end }) => ({
    start,
    end,
    text: `/*${text.slice(start, end).replace(/[^\n]+/g, '')}*/`,
  }));
  return [...edits, ...comments].sort((a, b) => a.start - b.start);
}
