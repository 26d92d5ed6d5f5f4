import type { Goal } from '../benchmark.ts';
import { formatNumber } from '../table.ts';
import { COMMIT, LINK_OPERATION, LINKED_RENDERS, OPERATIONS, RENDERS, SHELF } from './actions.ts';
import { type Cost, formatStatements, growthOfCosts } from './costs.ts';

/** Statements of a transaction's begin and commit are not counted. */
const STATEMENT_GOALS: readonly (readonly [what: string, actions: readonly string[], most: number])[] = [
  ['one operation', OPERATIONS, 4],
  [LINK_OPERATION, [LINK_OPERATION], 4],
  ['commit', [COMMIT], 4],
  ['public render', RENDERS, 2],
  ['public render with links looked up', LINKED_RENDERS, 2],
];

const OPERATION_MS = 5;
const SHELF_MS = 20;
const MOST_GROWTH = 1.1;

/** What was promised of the costs. */
export function goalsOf(costs: readonly Cost[]): readonly Goal[] {
  const of = (actions: readonly string[]) => costs.filter(({ action }) => actions.includes(action));
  const most = (limit: number, found: readonly Cost[]) => {
    const count = Math.max(...found.map(({ statements }) => statements.own));
    return { wanted: `at most ${limit}`, measured: `${count}`, isMet: count <= limit };
  };
  const fast = (limit: number, found: readonly Cost[]) => {
    const [slowest] = found.filter(({ size }) => size === 1_000).sort((a, b) => b.median - a.median);
    if (slowest === undefined) throw new Error('Nothing was measured on 1,000 widgets.');
    const { action, median, p95 } = slowest;
    const measured = `${formatNumber(median)} ms (95th percentile ${formatNumber(p95)}; ${action})`;
    return { wanted: `at most ${limit} ms`, measured, isMet: median <= limit };
  };
  return [
    constantGoal(costs),
    ...STATEMENT_GOALS.map(([what, actions, limit]) => ({
      what: `statements, ${what}`,
      ...most(limit, of(actions)),
    })),
    {
      what: 'an operation on 1,000 widgets in SQLite, the slowest kind',
      ...fast(
        OPERATION_MS,
        of([...OPERATIONS, LINK_OPERATION]).filter(({ database }) => database === 'SQLite'),
      ),
    },
    { what: 'shelf of 1,000 widgets and 60 types', ...fast(SHELF_MS, of([SHELF])) },
    growthGoal(costs),
  ];
}

function constantGoal(costs: readonly Cost[]): Goal {
  const different = [...Map.groupBy(costs, ({ action }) => action)].filter(
    ([, own]) => new Set(own.map(({ statements }) => formatStatements(statements))).size > 1,
  );
  return {
    what: 'statements of an action, whatever the size and the database',
    wanted: 'the same number',
    measured: different.length === 0 ? 'the same' : different.map(([action]) => action).join(', '),
    isMet: different.length === 0,
  };
}

function growthGoal(costs: readonly Cost[]): Goal {
  const growths = [...Map.groupBy(costs, ({ action, database }) => `${action}, ${database}`)]
    .map(([name, own]) => ({ name, growth: growthOfCosts(own) }))
    .sort((a, b) => b.growth - a.growth);
  const [fastest] = growths;
  return {
    what: 'growth of the action that grows fastest',
    wanted: `at most ${MOST_GROWTH}`,
    measured: fastest === undefined ? 'nothing' : `${fastest.growth.toFixed(2)} (${fastest.name})`,
    isMet: fastest !== undefined && fastest.growth <= MOST_GROWTH,
  };
}
