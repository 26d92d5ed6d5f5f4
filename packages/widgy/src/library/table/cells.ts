import { isJsonArray, type JsonValue } from '../../tree/json.ts';
import { attributes, html } from '../../widgets/fields/html.ts';
import type { FieldKind } from '../../widgets/fields/kind.ts';

/** Columns of a table: more cannot be read on any screen. */
export const MAX_TABLE_COLUMNS = 20;

/** Rows of a table, with that of the headers. */
export const MAX_TABLE_ROWS = 500;

/** Characters in a cell. */
export const MAX_CELL_LENGTH = 1000;

/** The cells of a table, row by row. The first row has the headers of the columns. Every row has as many cells as the others. */
export type Cells = readonly (readonly string[])[];

/**
 * The kind of field that holds the cells of a table: one value, so that whoever changes a table changes all of it, and two people who add
 * a row and a column at the same time are told instead of getting a table with holes. What is not a table with straight edges is refused
 * on every way in, and not shown.
 *
 * It is edited as text, a line for each row. Between cells stands `|`, or a tab, which is what spreadsheets put there when one copies from
 * them.
 */
export const cellsKind: FieldKind = {
  shape: 'own',
  check: whyNoCells,
  write: (value) => (isCells(value) ? formatCells(value) : ''),
  read: (text) => parseCells(text).map((row) => [...row]),
  print: ({ attributes: tied, text }) =>
    html`<textarea${tied}${attributes({ rows: 10, spellcheck: 'true', wrap: 'off' })}>\n${text}</textarea>`,
};

/** Says why a value is no table; undefined where it is one. */
export function whyNoCells(value: JsonValue): string | undefined {
  if (!isRows(value)) return 'A table is a list of rows, and a row is a list of texts.';
  const [headers = []] = value;
  if (headers.length === 0) return 'Give the table a line with the headers of its columns.';
  if (value.some((row) => row.length > MAX_TABLE_COLUMNS))
    return `Give the table at most ${MAX_TABLE_COLUMNS} columns.`;
  if (value.length > MAX_TABLE_ROWS) return `Give the table at most ${MAX_TABLE_ROWS} rows.`;
  for (const [at, row] of value.entries()) {
    const where = `Line ${at + 1}`;
    if (row.length !== headers.length)
      return `${where} has ${row.length} cells, and the headers are ${headers.length}.`;
    if (row.every((cell) => cell === '')) return `${where} is empty.`;
    const long = row.find((cell) => cell.length > MAX_CELL_LENGTH);
    if (long !== undefined)
      return `${where} has a cell of more than ${MAX_CELL_LENGTH} characters: "${long.slice(0, 20).toWellFormed()}…".`;
    if (row.some((cell) => cell !== tidyCell(cell)))
      return `${where} has a cell with line ends, tabs, or spaces around its text.`;
  }
  return undefined;
}

/** Whether a value is a table. */
export function isCells(value: JsonValue): value is Cells {
  return whyNoCells(value) === undefined;
}

function isRows(value: JsonValue): value is Cells {
  return (
    isJsonArray(value) &&
    value.every((row) => isJsonArray(row) && row.every((cell) => typeof cell === 'string'))
  );
}

/** The text of a table: {@link parseCells} of it gives the same table. */
export function formatCells(cells: Cells): string {
  return cells.map((row) => row.map((cell) => cell.replace(/[\\|]/g, '\\$&')).join(' | ')).join('\n');
}

/**
 * Reads the text of a table. A row that is shorter than others gets empty cells at its end; lines with nothing in them are passed
 * over. A line with a tab is divided at its tabs alone.
 *
 * What is read is never larger than the text: of a table that is over the limits, as much comes back as {@link whyNoCells} needs to refuse
 * it, and no row of it is made longer.
 */
export function parseCells(text: string): Cells {
  const rows: (readonly string[])[] = [];
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const row = cellsOf(line);
    if (row.some((cell) => cell !== '') || row.length > MAX_TABLE_COLUMNS) rows.push(row);
    if (rows.length > MAX_TABLE_ROWS) return rows;
  }
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (columns > MAX_TABLE_COLUMNS) return rows;
  return rows.map((row) => [...row, ...Array<string>(columns - row.length).fill('')]);
}

/** The cells of a line: one more than a row may have, at most. */
function cellsOf(line: string): readonly string[] {
  const cells = line.includes('\t') ? line.split('\t', MAX_TABLE_COLUMNS + 1) : splitAtBars(line);
  return cells.map(tidyCell);
}

/** A bar with `\` before it is a character of its cell, and so is a `\` with another before it. */
function splitAtBars(line: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  for (const [part] of line.matchAll(/\\[\\|]|[^\\|]+|[\s\S]/g)) {
    if (part !== '|') {
      cell += part.length === 2 && part.startsWith('\\') ? part.slice(1) : part;
      continue;
    }
    cells.push(cell);
    if (cells.length > MAX_TABLE_COLUMNS) return cells;
    cell = '';
  }
  return [...cells, cell];
}

function tidyCell(cell: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text has them.
  return cell.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}
