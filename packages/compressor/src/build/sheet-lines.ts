import type { Position } from './edited-text.ts';
import type { ToolPlace } from './locate.ts';
import type { StyleSheet } from './style-sheet.ts';

/**
 * Gives each sheet of a bundle lines of its own, by empty lines before it. Lightning CSS (1.33.0) reads imports in threads and
 * at times takes one file for another in source maps and messages; a line number that no other sheet has tells the truth.
 */
export class SheetLines {
  readonly #sheets: { readonly sheet: StyleSheet; readonly before: number }[] = [];
  #next = 0;

  /** The text of a sheet as the bundler gets it. */
  add(sheet: StyleSheet): string {
    const before = this.#next;
    this.#sheets.push({ sheet, before });
    this.#next += sheet.text.split('\n').length;
    return '\n'.repeat(before) + sheet.text;
  }

  /** Where what the bundler found at a place was written; undefined for what no source holds. */
  originOf({ line, column }: Position): ToolPlace | undefined {
    const found = this.#sheets.findLast(({ before }) => before < line);
    return found?.sheet.originOf({ line: line - found.before, column });
  }
}
