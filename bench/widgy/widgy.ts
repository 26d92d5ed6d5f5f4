import type { Benchmark } from '../benchmark.ts';
import { type Contender, type Effort, quantile, timeInTurn } from '../measure.ts';
import { createSite } from '../site.ts';
import { type Action, actionsOf } from './actions.ts';
import { type Cost, costTable } from './costs.ts';
import { postgres, sqliteIn } from './databases.ts';
import { createBenchDocument, createTargets } from './document.ts';
import { goalsOf } from './goals.ts';
import { loadGoals, loadTable, pageUnderLoad } from './page-load.ts';
import { benchRenderer, benchSite, siteFiles } from './site.ts';
import { countStatements } from './statements.ts';

const SIZES = [10, 100, 1_000, 10_000];

/** What the core of Widgy costs as trees grow, and how many visitors a page of it can answer. */
export const widgy: Benchmark = async (thoroughness) => {
  const isFull = thoroughness === 'full';
  const costs = await measureCosts(isFull);
  const rounds = await pageUnderLoad(isFull ? 5 : 1);
  return {
    tables: [...Map.groupBy(costs, ({ database }) => database)]
      .map(([name, own]) => costTable(name, own))
      .concat(loadTable(rounds)),
    goals: [...goalsOf(costs), ...loadGoals(rounds)],
    notes: [
      'Statements are those of one run; "+ 2" are those that begin and commit its transaction.',
      'Cold: the process knows neither draft nor trees nor HTML; the templates are parsed, and the code is warm.',
      'Cached: the HTML is kept. The database is asked which version is to be shown, and with links what they lead to.',
      'Growth is the exponent that fits the medians of 100 to 10,000 widgets best (least squares of the logarithms).',
    ],
    data: { costs, rounds: rounds.map((round) => Object.fromEntries(round)) },
  };
};

/** How often something is done with trees of a size: what takes long is done less often. */
function effortFor(size: number, isFull: boolean): Effort {
  if (!isFull) return { rounds: 2, warmup: 1 };
  return size > 1_000 ? { rounds: 5, warmup: 0 } : { rounds: 30, warmup: 5 };
}

/** Measures all actions on trees of all sizes, each action in both databases in turn. */
async function measureCosts(isFull: boolean): Promise<readonly Cost[]> {
  await using files = await createSite(siteFiles);
  const site = benchSite(files.folder);
  const renderer = benchRenderer(site);
  await using sqlite = await sqliteIn(files.folder);
  await using server = await postgres();
  const databases = [sqlite, server];
  for (const { database } of databases) await createTargets(database, site);
  const costs: Cost[] = [];
  for (const size of SIZES) {
    const subjects: Subject[] = [];
    for (const { name, database } of databases) {
      for (const action of actionsOf(await createBenchDocument(database, site, size), renderer)) {
        subjects.push({ database: name, size, action, statements: await countStatements(database, action) });
      }
    }
    for (const same of Map.groupBy(subjects, ({ action }) => action.name).values()) {
      costs.push(...(await timeSubjects(same, effortFor(size, isFull))));
    }
  }
  return costs;
}

/** An action on one document, with its statements. */
interface Subject extends Pick<Cost, 'database' | 'size' | 'statements'> {
  readonly action: Action;
}

async function timeSubjects(subjects: readonly Subject[], effort: Effort): Promise<readonly Cost[]> {
  const contenders = subjects.map(({ database, action }): Contender => ({ ...action, name: database }));
  const times = await timeInTurn(contenders, effort);
  return subjects.map(({ database, size, action, statements }) => {
    const sorted = (times.get(database) ?? []).toSorted((a, b) => a - b);
    const [median, p95] = [quantile(sorted, 0.5), quantile(sorted, 0.95)];
    return { database, size, action: action.name, statements, median, p95 };
  });
}
