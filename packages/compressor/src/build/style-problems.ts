import type { Warning } from 'lightningcss';
import { CompressorError, formatPlace } from '../errors.ts';
import type { BuildContext } from './context.ts';
import { type ToolPlace, toolError } from './locate.ts';
import type { StyleImports } from './style-imports.ts';
import type { StyleSheet } from './style-sheet.ts';

/**
 * What the CSS bundler threw, as an error of the catalogue. It adds place and file to what resolver functions throw, and to
 * its own syntax errors.
 *
 * @param entry absolute path of the outermost style sheet
 */
export async function bundleError(
  cause: unknown,
  entry: string,
  sheets: ReadonlyMap<string, StyleSheet>,
  imports: StyleImports,
  context: BuildContext,
): Promise<unknown> {
  if (!(cause instanceof Error)) return cause;
  if (/external `@import`/.test(cause.message)) return imports.late();
  const path = ('fileName' in cause && typeof cause.fileName === 'string' && cause.fileName) || entry;
  const loc = 'loc' in cause && isLocation(cause.loc) ? cause.loc : undefined;
  const place = placeOf(path, loc?.line ?? 1, loc?.column ?? 1, sheets);
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
  sheets: ReadonlyMap<string, StyleSheet>,
  context: BuildContext,
): Promise<void> {
  for (const { message, loc } of warnings) {
    const place = placeOf(loc.filename, loc.line, loc.column, sheets);
    const file = context.finder.nameOf(place.path) ?? place.path;
    if (!file.startsWith('npm:')) throw await toolError(context.finder, 'style-syntax', message, place);
    const where = formatPlace({ file, line: place.line, column: place.column });
    context.warn('debug', where, `${where}: ${message}`);
  }
}

function placeOf(
  path: string,
  line: number,
  column: number,
  sheets: ReadonlyMap<string, StyleSheet>,
): ToolPlace {
  const sheet = sheets.get(path);
  return sheet?.originOf({ line, column }) ?? { path, line, column, text: sheet?.text };
}

function isLocation(value: unknown): value is { line: number; column: number } {
  return typeof value === 'object' && value !== null && 'line' in value && 'column' in value;
}
