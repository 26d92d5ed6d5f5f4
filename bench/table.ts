import type { Spread } from './measure.ts';

/** A table of results, one text for each cell. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The table as Markdown with its columns aligned, so that it reads well in a terminal and in bench/README.md. */
export function formatTable({ title, head, rows }: Table): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const format = (line: readonly string[]) =>
    `| ${widths.map((width, column) => pad(line[column] ?? '', width, column)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => '-'.repeat(width - 1) + (column === 0 ? '-' : ':')).join(' | ')} |`;
  return [`### ${title}`, '', format(head), rule, ...rows.map(format), ''].join('\n');
}

function pad(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

/** A median with the middle half of the values: `12.3 (12.1–12.9)`. */
export function formatSpread({ median, low, high }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(low)}–${formatNumber(high)})`;
}

/** A ratio with the middle half of the values: `1.03× (1.02–1.05)`. */
export function formatRatio({ median, low, high }: Spread): string {
  return `${median.toFixed(3)}× (${low.toFixed(3)}–${high.toFixed(3)})`;
}

/** Three digits that matter, more only where they stand before the point. */
export function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** `12 345`. */
export function formatBytes(bytes: number): string {
  return String(bytes).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}

/** A difference in per cent: `+1.2 %`. */
export function formatDifference(value: number, base: number): string {
  const percent = (value / base - 1) * 100;
  return `${percent >= 0 ? '+' : ''}${percent.toFixed(2)} %`;
}
