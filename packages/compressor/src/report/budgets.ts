import { matchesGlob } from 'node:path';
import { formatBytes } from '../bytes.ts';
import type { ResolvedBudget } from '../config/config.ts';
import { CompressorError, type ErrorCode, type Place } from '../errors.ts';
import { withoutHash } from '../hash.ts';
import { type Diagnostic, diagnosticOf, severityOf } from '../offline/diagnostic.ts';
import { named } from './findings.ts';
import type { ArtifactWeight, BlockWeight, PageWeight, SiteWeights } from './report.ts';

/** Something that a budget limits. */
interface Limited {
  readonly what: string;
  readonly place: Place | undefined;
  readonly bytes: number;
  readonly artifacts: readonly string[];
}

/**
 * Says which budgets are exceeded, by how much, and what weighs most there; and which limit nothing at all.
 *
 * @param allow codes that are warnings for this site
 */
export function judgeBudgets(
  report: SiteWeights,
  budgets: readonly ResolvedBudget[],
  allow: readonly ErrorCode[],
): Diagnostic[] {
  return budgets.flatMap((budget) => {
    const limited = limitedBy(budget, report);
    if (limited.length === 0) {
      const message = `the budget for the ${budget.of} "${budget.pattern}" limits nothing`;
      const error = new CompressorError('budget-unmatched', { message });
      return [diagnosticOf(error, severityOf('budget-unmatched', allow))];
    }
    return limited
      .filter(({ bytes }) => bytes > budget.bytes)
      .map(({ what, place, bytes, artifacts }) => {
        const kind = budget.kind === undefined ? '' : ` of ${KINDS[budget.kind]}`;
        const encoding = budget.encoding === 'br' ? ' with Brotli' : '';
        const heaviest = heaviestIn(report, artifacts, budget);
        const message = `${what} weighs ${formatBytes(bytes)}${kind}${encoding}, ${formatBytes(bytes - budget.bytes)} more than the budget of ${formatBytes(budget.bytes)} for "${budget.pattern}"${heaviest}`;
        const error = new CompressorError('budget-exceeded', { message, place });
        return diagnosticOf(error, severityOf('budget-exceeded', allow));
      });
  });
}

const KINDS = { js: 'JavaScript', css: 'CSS' } as const;

function limitedBy(budget: ResolvedBudget, report: SiteWeights): Limited[] {
  const artifacts = new Map(report.artifacts.map((artifact) => [artifact.name, artifact]));
  const ofKind = (names: readonly string[]) =>
    names.filter((name) => budget.kind === undefined || artifacts.get(name)?.kind === budget.kind);
  if (budget.of === 'page') return report.pages.flatMap((page) => limitedPage(page, budget, report, ofKind));
  if (budget.of === 'block') {
    return report.blocks
      .filter((block) => isMatching(block, budget))
      .map((block) => ({
        what: 'the block',
        place: placeOf(block),
        bytes: weightOf(block, budget),
        artifacts: block.artifacts,
      }));
  }
  return report.artifacts
    .filter(({ name, kind }) => {
      const isWanted = budget.kind === undefined || budget.kind === kind;
      return isWanted && matchesGlob(withoutHash(name)?.name ?? name, budget.pattern);
    })
    .map((artifact) => ({
      what: artifact.name,
      place: placeShowing(artifact, report),
      bytes: weightOf(artifact, budget),
      artifacts: [artifact.name],
    }));
}

function limitedPage(
  page: PageWeight,
  budget: ResolvedBudget,
  { blocks }: SiteWeights,
  ofKind: (names: readonly string[]) => string[],
): Limited[] {
  if (!matchesGlob(page.template, budget.pattern)) return [];
  const own = new Set(page.blocks);
  const size = budget.kind === undefined ? page : { size: page[budget.kind] };
  const names = blocks.filter(({ id }) => own.has(id)).flatMap(({ artifacts }) => artifacts);
  return [
    {
      what: 'the page',
      place: { file: page.template },
      bytes: weightOf(size, budget),
      artifacts: ofKind([...new Set(names)]),
    },
  ];
}

function isMatching({ name, template, kind }: BlockWeight, budget: ResolvedBudget): boolean {
  if (budget.kind !== undefined && budget.kind !== kind) return false;
  return name === budget.pattern || matchesGlob(template, budget.pattern);
}

function weightOf({ size }: Pick<BlockWeight, 'size'>, { encoding }: ResolvedBudget): number {
  return encoding === 'br' ? size.brotli : size.raw;
}

function placeOf({ template, line, column, block }: BlockWeight): Place {
  return { file: template, line, column, block };
}

function placeShowing({ name }: ArtifactWeight, { blocks }: SiteWeights): Place | undefined {
  const block = blocks.find(
    ({ artifacts, laterArtifacts }) => artifacts.includes(name) || laterArtifacts.includes(name),
  );
  return block && placeOf(block);
}

/** The heaviest sources in some artifacts; those of a package together. */
function heaviestIn(report: SiteWeights, names: readonly string[], budget: ResolvedBudget): string {
  const parts = report.artifacts
    .filter(({ name }) => names.includes(name))
    .flatMap(({ sources }) => sources)
    .map((source) => ({
      name: source.package === undefined ? source.name : named(source.package),
      bytes: weightOf(source, budget),
    }));
  const heaviest = [...Map.groupBy(parts, ({ name }) => name)]
    .map(([name, same]) => ({ name, bytes: same.reduce((sum, { bytes }) => sum + bytes, 0) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, NAMED_SOURCES);
  if (heaviest.length === 0) return '';
  return `. Most of it: ${heaviest.map(({ name, bytes }) => `${name} (${formatBytes(bytes)})`).join(', ')}`;
}

/** So many of the heaviest sources are named. */
const NAMED_SOURCES = 3;
