import { formatBytes } from '../bytes.ts';
import { listed } from '../offline/judge.ts';
import {
  type ArtifactWeight,
  artifactsByLoading,
  type BlockWeight,
  distinctContexts,
  type PageWeight,
  type Report,
} from '../report/report.ts';
import type { Size } from '../report/size.ts';
import { count } from './print.ts';

/** A report for a terminal: what weighs most comes first. */
export function formatReport(report: Report, isVerbose: boolean): string[] {
  const { release, previous, pages, blocks, artifacts, findings } = report;
  const isCompared = previous !== null;
  const table = (title: string, rows: readonly Row[]) =>
    rows.length === 0 ? [] : [...formatTable(title, rows, isCompared), ''];
  const { atOnce, later } = artifactsByLoading(report);
  return [
    ...table('Pages', pages.map(pageRow(pages))),
    ...table('Blocks', blocks.map(blockRow)),
    ...table('Artifacts', rowsOf(atOnce, isVerbose)),
    ...table('Loaded later, if at all', rowsOf(later, isVerbose)),
    ...(findings.length === 0 ? [] : ['Findings']),
    ...findings.flatMap(({ message, size, pages: where }) => [
      ...wrap(`${message} (${formatBytes(size.brotli)})`, '  '),
      ...(where.length === 0 ? [] : wrap(`on ${listed(where)}`, '    ')),
    ]),
    ...(findings.length === 0 ? [] : ['']),
    `${count(pages.length, 'page')}, ${count(blocks.length, 'block')}, ${count(artifacts.length, 'artifact')}, release ${release}`,
    ...(isCompared ? [`returning: what differs from release ${previous}`] : []),
  ];
}

/** A line of a table; further levels are indented. */
interface Row {
  readonly name: string;
  readonly size: Size;
  readonly level?: number;
}

function pageRow(pages: readonly PageWeight[]) {
  return (page: PageWeight): Row => {
    const contexts = distinctContexts(page, pages);
    const name = contexts.length === 0 ? page.template : `${page.template}, ${listed(contexts)}`;
    return { name, size: page.size };
  };
}

function blockRow({ id, kind, mode, name, size }: BlockWeight): Row {
  const tag = [kind, ...(mode === 'file' ? [] : [mode]), ...(name === undefined ? [] : [name])];
  return { name: `${id} ${tag.join(' ')}`, size };
}

function rowsOf(artifacts: readonly ArtifactWeight[], isVerbose: boolean): Row[] {
  return artifacts.flatMap(({ name, size, sources, generated }) => {
    if (!isVerbose) return [{ name, size }];
    const tools = generated.raw > 0 ? [{ name: '(written by tools)', size: generated, level: 1 }] : [];
    return [{ name, size }, ...sources.map((source) => ({ ...source, level: 1 })), ...tools];
  });
}

/** Lines of at most {@link WIDTH} columns, with a title that also heads the columns. */
function formatTable(title: string, rows: readonly Row[], isCompared: boolean): string[] {
  const headings = ['brotli', 'raw', ...(isCompared ? ['returning'] : [])];
  const width = WIDTH - headings.length * COLUMN;
  const line = (name: string, cells: readonly string[]) =>
    name.padEnd(width) + cells.map((cell) => cell.padStart(COLUMN)).join('');
  return [
    line(title, headings),
    ...rows.map(({ name, size: { brotli, raw, returning }, level = 0 }) => {
      const cells = [brotli, raw, ...(returning === null ? [] : [returning])].map(formatBytes);
      const indent = '  '.repeat(level + 1);
      return line(indent + shorten(name, width - indent.length - 1), cells);
    }),
  ];
}

/** Columns of a terminal, and of a number in a table. */
const WIDTH = 80;
const COLUMN = 11;

/** A name that fits, without its middle: beginning and end tell most. */
function shorten(name: string, width: number): string {
  if (name.length <= width) return name;
  const end = Math.floor((width - 1) / 2);
  return `${name.slice(0, width - 1 - end)}…${name.slice(-end)}`;
}

function wrap(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const isEmpty = line.trim() === '';
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else line += isEmpty ? word : ` ${word}`;
  }
  return [...lines, line];
}
