import { spread } from '../measure.ts';
import { CONNECTIONS } from '../server-load.ts';
import { formatNumber, formatSpread, type Table } from '../table.ts';
import type { Measured } from './goals.ts';
import { type Edit, medianAndMost, type Round } from './rounds.ts';

/** How the servers did under load. */
export function loadTable(measured: Measured): Table {
  const of = (rounds: readonly Round[], what: (round: Round) => number) =>
    formatSpread(spread(rounds.map(what)));
  return {
    title: `Pages of 60 widgets, ${CONNECTIONS} connections`,
    head: [
      'server',
      'requests per second',
      'median, ms',
      '99th percentile, ms',
      'processor, µs per request',
      'memory, MB',
      'start, ms',
    ],
    rows: Array.from(measured, ([name, rounds]) => [
      name,
      of(rounds, ({ requestsPerSecond }) => requestsPerSecond),
      of(rounds, ({ p50 }) => p50),
      of(rounds, ({ p99 }) => p99),
      of(rounds, ({ processor }) => processor),
      of(rounds, ({ megabytes }) => megabytes),
      of(rounds, ({ start }) => start),
    ]),
  };
}

/** What editing took, where something was edited. */
export function editTable(measured: Measured): Table {
  const of = (edits: readonly Edit[], what: (edit: Edit) => number) => {
    const { median, p90 } = medianAndMost(edits.map(what));
    return `${formatNumber(median)} (${formatNumber(p90)})`;
  };
  return {
    title: 'One edit over HTTP, in ms: median (90th percentile)',
    head: ['server', 'edit', 'publish', 'first page afterwards'],
    rows: Array.from(measured, ([name, rounds]) => [name, rounds.flatMap(({ edits }) => edits)] as const)
      .filter(([, edits]) => edits.length > 0)
      .map(([name, edits]) => [
        name,
        of(edits, ({ edit }) => edit),
        of(edits, ({ publish }) => publish),
        of(edits, ({ show }) => show),
      ]),
  };
}
