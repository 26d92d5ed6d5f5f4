import type { Warning } from 'lightningcss';
import { CompressorError, formatPlace } from '../errors.ts';
import type { BuildContext, OpenSource } from './context.ts';
import type { Position } from './edited-text.ts';
import { type ToolPlace, toolError } from './locate.ts';
import type { SheetLines } from './sheet-lines.ts';
import type { StyleImports } from './style-imports.ts';

/**
 * What the CSS bundler threw, as an error of the catalogue. It adds a place to what resolver functions throw, and to its own
 * syntax errors.
 *
 * @param entry the outermost style sheet
 */
export async function bundleError(
  cause: unknown,
  entry: OpenSource,
  lines: SheetLines,
  imports: StyleImports,
  context: BuildContext,
): Promise<unknown> {
  if (!(cause instanceof Error)) return cause;
  if (/external `@import`/.test(cause.message)) return imports.late();
  const loc = 'loc' in cause && isLocation(cause.loc) ? cause.loc : undefined;
  const place = placeOf(loc ?? { line: 1, column: 1 }, entry, lines);
  if (cause instanceof CompressorError) {
    if (cause.place !== undefined || loc === undefined) return cause;
    return toolError(context.finder, cause.code, cause.summary, place, { help: cause.help, cause });
  }
  if (loc === undefined) return cause;
  const help = /Unsupported import condition/.test(cause.message)
    ? 'A style sheet that is imported twice cannot have other layers and supports conditions each time. Import it once.'
    : undefined;
  return toolError(context.finder, 'style-syntax', cause.message, place, { help, cause });
}

/**
 * What a browser would drop is an error in a style sheet of the site. In a package it is only said: authors cannot mend it,
 * and old hacks are dropped on purpose.
 *
 * @throws CompressorError `style-syntax`
 */
export async function reportWarnings(
  warnings: readonly Warning[],
  entry: OpenSource,
  lines: SheetLines,
  context: BuildContext,
): Promise<void> {
  for (const { message, loc } of warnings) {
    const place = placeOf(loc, entry, lines);
    const file = context.finder.nameOf(place.path) ?? place.path;
    if (!file.startsWith('npm:')) throw await toolError(context.finder, 'style-syntax', message, place);
    const where = formatPlace({ file, line: place.line, column: place.column });
    context.warn('debug', where, `${where}: ${message}`);
  }
}

function placeOf(position: Position, { path, text }: OpenSource, lines: SheetLines): ToolPlace {
  return lines.originOf(position) ?? { path, line: 1, column: 1, text };
}

function isLocation(value: unknown): value is { line: number; column: number } {
  return typeof value === 'object' && value !== null && 'line' in value && 'column' in value;
}
