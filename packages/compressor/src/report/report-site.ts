import type { UsedTable } from '../build/cache/cache-store.ts';
import type { OfflineBuilder } from '../build/cache/offline-builder.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { formatManifest, releaseId } from '../manifest/manifest.ts';
import type { Analysis, Progress } from '../offline/analyse.ts';
import { createManifest } from '../offline/create-manifest.ts';
import type { Diagnostic } from '../offline/diagnostic.ts';
import type { Storage } from '../storage/storage.ts';
import { judgeBudgets } from './budgets.ts';
import { measureParts } from './measure.ts';
import { findPreviousRelease } from './previous-release.ts';
import { type Report, type SiteWeights, weighSite } from './report.ts';
import { createReturningScales, createScales, plainScales, type Weigh } from './scales.ts';
import { viewSite } from './site-view.ts';
import { createTracer, type TraceSources } from './trace-sources.ts';

/** What reporting on a site takes. */
export interface Reporting {
  readonly config: ResolvedConfig;
  readonly facts: UsedTable<unknown>;
  /** Opens a builder that does the same and makes source maps, too; asked only where bytes are traced to sources. */
  readonly mapping: () => OfflineBuilder;
  readonly workers: number;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Weighs what was built, traces it to its sources and says what could be saved.
 *
 * @param storage where the previous release is
 * @throws CompressorError what building and the storage throw
 */
export async function reportOn(analysis: Analysis, storage: Storage, reporting: Reporting): Promise<Report> {
  const { facts, mapping } = reporting;
  const manifest = createManifest(analysis);
  const release = releaseId(formatManifest(manifest));
  const previous = await findPreviousRelease(storage, manifest);
  const weigh =
    previous === undefined ? createScales(facts) : createReturningScales(facts, previous, storage);
  const weights = await measure(analysis, reporting, weigh, createTracer(mapping()), previous !== undefined);
  return { release, previous: previous?.id ?? null, ...weights };
}

/**
 * Says which budgets are exceeded. Only then anything is traced to its sources.
 *
 * @throws CompressorError what building throws
 */
export async function reviewBudgets(
  analysis: Analysis,
  reporting: Reporting,
): Promise<readonly Diagnostic[]> {
  const { budgets, offline } = reporting.config;
  if (budgets.length === 0) return [];
  const isPlain = budgets.every(({ encoding }) => encoding === 'raw');
  const weigh = isPlain ? plainScales : createScales(reporting.facts);
  const weights = await measure(analysis, reporting, weigh, async () => []);
  const found = judgeBudgets(weights, budgets, offline.allow);
  if (found.every(({ code }) => code !== 'budget-exceeded')) return found;
  const traced = await measure(analysis, reporting, weigh, createTracer(reporting.mapping()));
  return judgeBudgets(traced, budgets, offline.allow);
}

async function measure(
  analysis: Analysis,
  { workers, onProgress }: Reporting,
  weigh: Weigh,
  trace: TraceSources,
  isCompared = false,
): Promise<SiteWeights> {
  const view = await viewSite(analysis);
  const parts = await measureParts(view, {
    weigh,
    trace,
    workers,
    onMeasured: (done, total, what) => onProgress({ step: 'measuring', done, total, what }),
  });
  return weighSite(view, parts, isCompared);
}
