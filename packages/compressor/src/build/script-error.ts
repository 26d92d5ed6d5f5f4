import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { CompressorError } from '../errors.ts';
import type { BuildContext, OpenSource } from './context.ts';
import { LineIndex } from './edited-text.ts';
import { type ToolPlace, toolError } from './locate.ts';
import { absolutePath, type MappedText } from './source-map.ts';

/** What a parser has to say of a script. */
export function scriptError(
  message: string,
  place: ToolPlace,
  context: BuildContext,
  help: string | null = null,
): Promise<CompressorError> {
  const isModule = /Cannot use (?:import|export) statement|import\.meta/.test(message);
  const code = isModule ? 'script-is-module' : 'script-syntax';
  return toolError(context.finder, code, message, place, {
    help: isModule ? undefined : (help ?? undefined),
  });
}

/** Where something in a source is. */
export function placeIn({ path, text }: OpenSource, offset: number): ToolPlace {
  return { path, ...new LineIndex(text).positionOf(offset), text };
}

/** Where something in a compiled script was written. */
export function placeBefore({ text, map }: MappedText, entry: OpenSource, offset: number): ToolPlace {
  const position = new LineIndex(text).positionOf(offset);
  if (map === undefined) return { path: entry.path, ...position, text };
  const trace = new TraceMap(JSON.stringify(map));
  const origin = originalPositionFor(trace, { line: position.line, column: position.column - 1 });
  if (origin.source === null) return { path: entry.path, line: 1, column: 1, text: entry.text };
  const path = absolutePath(origin.source);
  return {
    path,
    line: origin.line,
    column: origin.column + 1,
    text: path === entry.path ? entry.text : undefined,
  };
}
