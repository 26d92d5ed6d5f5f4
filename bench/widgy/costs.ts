import { formatNumber, type Table } from '../table.ts';
import { growthOf } from './growth.ts';
import type { Statements } from './statements.ts';

/** What an action costs on a tree of one size in one database. */
export interface Cost {
  readonly database: string;
  readonly action: string;
  /** Widgets in the tree. */
  readonly size: number;
  readonly statements: Statements;
  /** Milliseconds. */
  readonly median: number;
  /** Milliseconds that 95 of 100 runs do not exceed. */
  readonly p95: number;
}

/** Below so many widgets it is mostly fixed costs that are measured, which would make growth look better than it is. */
const LEAST_FITTED = 100;

/** The growth of an action's medians in one database; see {@link growthOf}. */
export function growthOfCosts(costs: readonly Cost[]): number {
  return growthOf(costs.filter(({ size }) => size >= LEAST_FITTED).map(({ size, median }) => [size, median]));
}

/** The costs of all actions in one database, one row for each action. */
export function costTable(database: string, costs: readonly Cost[]): Table {
  const sizes = [...new Set(costs.map(({ size }) => size))];
  return {
    title: `${database}: milliseconds, median (95th percentile)`,
    head: ['action', 'statements', ...sizes.map((size) => `${size} widgets`), 'growth'],
    rows: [...Map.groupBy(costs, ({ action }) => action)].map(([action, own]) => [
      action,
      [...new Set(own.map(({ statements }) => formatStatements(statements)))].join(', '),
      ...own.map(({ median, p95 }) => `${formatNumber(median)} (${formatNumber(p95)})`),
      growthOfCosts(own).toFixed(2),
    ]),
  };
}

/** `4 + 2`: those that begin and end the transaction stand apart. */
export function formatStatements({ own, transactions }: Statements): string {
  return transactions === 0 ? `${own}` : `${own} + ${transactions}`;
}
