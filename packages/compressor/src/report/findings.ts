import { compare } from '../offline/diagnostic.ts';
import type {
  ArtifactWeight,
  BlockWeight,
  PageWeight,
  SiteWeights,
  SourcePackage,
  SourcePart,
} from './report.ts';
import { type Size, sumOf } from './size.ts';

/** Something that makes pages heavier than they need be, or that may be a mistake. */
export interface Finding {
  readonly code: FindingCode;
  /** In one sentence, in terms of templates. It says no sizes: those are in `size`. */
  readonly message: string;
  /** The ids of the blocks that it is about. */
  readonly blocks: readonly string[];
  /** The templates of the pages that it concerns. */
  readonly pages: readonly string[];
  /** What could be saved; for a block that no page shows, what it weighs. */
  readonly size: Size;
}

/**
 * - `repeated-source`: two bundles of a page hold the same source.
 * - `repeated-package`: two bundles of a page hold sources of the same package, the same or not.
 * - `package-versions`: a page loads several versions of one package.
 * - `block-unshown`: no page is known to show a block.
 */
export type FindingCode = 'repeated-source' | 'repeated-package' | 'package-versions' | 'block-unshown';

/** Looks for what pages load more than once, and for blocks that no page shows. */
export function findRepetitions(report: Omit<SiteWeights, 'findings'>): Finding[] {
  const artifacts = new Map(report.artifacts.map((artifact) => [artifact.name, artifact]));
  const blocks = new Map(report.blocks.map((block) => [block.id, block]));
  const found = report.pages.flatMap((page) => {
    const shipped = shippedBy(page, blocks, artifacts);
    return [...repeated(shipped), ...versionsIn(shipped)].map((finding) => ({
      ...finding,
      pages: [page.template],
    }));
  });
  // What a layout brings is on every page.
  const merged = [...Map.groupBy(found, ({ code, message }) => `${code} ${message}`).values()].flatMap(
    (same) => {
      const [first] = same;
      const pages = [...new Set(same.flatMap((one) => one.pages))].sort(compare);
      return first === undefined ? [] : [{ ...first, pages }];
    },
  );
  const unshown = report.blocks
    .filter(({ pages }) => pages === 0)
    .map(
      ({ id, size }): Finding => ({
        code: 'block-unshown',
        message: `no page is known to show the block at ${id}`,
        blocks: [id],
        pages: [],
        size,
      }),
    );
  return [...merged, ...unshown].sort(
    (a, b) => b.size.brotli - a.size.brotli || compare(a.message, b.message),
  );
}

/** A source in one of the bundles of a page. */
interface Shipped {
  readonly source: SourcePart;
  readonly artifact: ArtifactWeight;
  /** The blocks that show the bundle. */
  readonly blocks: readonly string[];
}

type Found = Omit<Finding, 'pages'>;

function shippedBy(
  page: PageWeight,
  blocks: ReadonlyMap<string, BlockWeight>,
  artifacts: ReadonlyMap<string, ArtifactWeight>,
): Shipped[] {
  const byArtifact = new Map<string, string[]>();
  for (const id of page.blocks) {
    const { artifacts: atOnce = [], laterArtifacts = [] } = blocks.get(id) ?? {};
    for (const name of [...atOnce, ...laterArtifacts]) {
      byArtifact.set(name, [...(byArtifact.get(name) ?? []), id]);
    }
  }
  return [...byArtifact].flatMap(([name, ids]) => {
    const artifact = artifacts.get(name);
    const isCode = artifact?.kind === 'js' || artifact?.kind === 'css';
    return artifact === undefined || !isCode
      ? []
      : artifact.sources.map((source) => ({ source, artifact, blocks: ids }));
  });
}

/** Sources that are in more than one bundle; those of a package together. Texts in templates have no names of their own. */
function repeated(shipped: readonly Shipped[]): Found[] {
  const files = shipped.filter(({ source }) => !/^inline(?:-\d+)?\.\w+$/.test(source.name));
  const own = files.filter(({ source }) => source.package === undefined);
  const packaged = files.filter(({ source }) => source.package !== undefined);
  const bySource = [
    ...Map.groupBy(own, ({ artifact, source }) => `${artifact.kind} ${source.name}`).values(),
  ];
  const byPackage = [
    ...Map.groupBy(packaged, ({ artifact, source }) => `${artifact.kind} ${named(source.package)}`).values(),
  ];
  return [
    ...bySource.flatMap((same) => repetition('repeated-source', same, same[0]?.source.name ?? '')),
    ...byPackage.flatMap((same) => {
      const name = named(same[0]?.source.package);
      const twice = [...Map.groupBy(same, ({ source }) => source.name).values()].filter(isRepeated).flat();
      // A source that is in both is certain; else one bundle may hold what the other does not.
      return twice.length > 0
        ? repetition('repeated-package', twice, name)
        : repetition('repeated-package', same, `parts of ${name}`);
    }),
  ];
}

function isRepeated(shipped: readonly Shipped[]): boolean {
  return new Set(shipped.map(({ artifact }) => artifact.name)).size > 1;
}

/** What all bundles but the heaviest one hold of it could be saved. */
function repetition(code: FindingCode, shipped: readonly Shipped[], what: string): Found[] {
  if (!isRepeated(shipped)) return [];
  const bundles = [...Map.groupBy(shipped, ({ artifact }) => artifact.name).values()].map((same) =>
    sumOf(same.map(({ source }) => source.size)),
  );
  const size = sumOf(bundles.sort((a, b) => b.raw - a.raw).slice(1));
  if (size.raw < LEAST_WASTE) return [];
  const blocks = blocksOf(shipped);
  const message =
    blocks.length === 1
      ? `${blocks[0]} ships ${what} in ${bundles.length} bundles`
      : `${blocks.slice(0, -1).join(', ')} and ${blocks.at(-1)} ${blocks.length === 2 ? 'both' : 'all'} ship ${what}`;
  return [{ code, message, blocks, size }];
}

/** Repetitions below so many plain bytes are not worth a line. */
export const LEAST_WASTE = 500;

/** Packages of which a page loads more than one version. */
function versionsIn(shipped: readonly Shipped[]): Found[] {
  const packaged = shipped.filter(({ source }) => source.package !== undefined);
  const byName = Map.groupBy(
    packaged,
    ({ artifact, source }) => `${artifact.kind} ${source.package?.name ?? ''}`,
  );
  return [...byName.values()].flatMap((same) => {
    const versions = [...Map.groupBy(same, ({ source }) => source.package?.version ?? '?')].sort(([a], [b]) =>
      compare(a, b),
    );
    if (versions.length < 2) return [];
    const sizes = versions.map(([, one]) => sumOf(one.map(({ source }) => source.size)));
    const where = versions.map(([version, one]) => `${version} in ${blocksOf(one).join(', ')}`);
    return [
      {
        code: 'package-versions' as const,
        message: `there are ${versions.length} versions of ${same[0]?.source.package?.name}: ${where.join('; ')}`,
        blocks: blocksOf(same),
        size: sumOf(sizes.sort((a, b) => b.raw - a.raw).slice(1)),
      },
    ];
  });
}

function blocksOf(shipped: readonly Shipped[]): string[] {
  return [...new Set(shipped.flatMap(({ blocks }) => blocks))].sort(compare);
}

/** A package with its version, for people. */
export function named(sourcePackage: SourcePackage | undefined): string {
  if (sourcePackage === undefined) return '';
  const { name, version } = sourcePackage;
  return version === null ? name : `${name} ${version}`;
}
