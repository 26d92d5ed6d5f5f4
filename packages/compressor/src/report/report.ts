import { compare } from '../offline/diagnostic.ts';
import type { Kind, TagMode } from '../recipe/recipe.ts';
import { type Finding, findRepetitions } from './findings.ts';
import type { MeasuredFile, MeasuredPart } from './measure.ts';
import type { SiteView, Variant } from './site-view.ts';
import { divide, type Size, sumOf } from './size.ts';

/** What a site weighs, and against what. */
export interface Report extends SiteWeights {
  /** The id of the build that was weighed. */
  readonly release: string;
  /** The id of the release that returning visitors have; null if there is none. */
  readonly previous: string | null;
}

/** What a site weighs: plain data, the heaviest first. */
export interface SiteWeights {
  readonly pages: readonly PageWeight[];
  readonly blocks: readonly BlockWeight[];
  readonly artifacts: readonly ArtifactWeight[];
  readonly sources: readonly SourceWeight[];
  readonly findings: readonly Finding[];
}

/** A template that is shown on its own. */
export interface PageWeight {
  readonly template: string;
  /** The contexts in which it shows the same blocks. */
  readonly contexts: readonly string[];
  /** All that it loads at once; an artifact that two of its blocks show counts once. */
  readonly size: Size;
  /** The scripts of that, and the style sheets. */
  readonly js: Size;
  readonly css: Size;
  /** What it loads when it needs it: fonts, pictures, modules behind `import()`. */
  readonly later: Size;
  /** The ids of the blocks that it may show. */
  readonly blocks: readonly string[];
}

/** A block with one of the recipes that contexts make of it. */
export interface BlockWeight {
  /** Its place, `base.liquid:14:3`; with more than one recipe also which. */
  readonly id: string;
  readonly template: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** Which block of the page it is, where the engine does not know lines. */
  readonly block?: number;
  readonly kind: Kind;
  readonly mode: TagMode;
  readonly name?: string;
  /** What a page loads for it at once. */
  readonly size: Size;
  readonly later: Size;
  /** The names of the artifacts that a page loads at once, and of those that it may load later. */
  readonly artifacts: readonly string[];
  readonly laterArtifacts: readonly string[];
  /** How many pages show it. */
  readonly pages: number;
}

/** The kinds of artifacts. */
export type ArtifactKind = 'js' | 'css' | 'font' | 'image' | 'other';

/** An output file. Source maps are none: no visitor loads them. */
export interface ArtifactWeight {
  readonly name: string;
  readonly kind: ArtifactKind;
  readonly size: Size;
  /** The parts that come from sources. */
  readonly sources: readonly SourcePart[];
  /** The rest: what the tools wrote. All parts add up to the size. */
  readonly generated: Size;
}

/** What a source contributes to an artifact. */
export interface SourcePart {
  readonly name: string;
  readonly package?: SourcePackage;
  /** Of the compressed sizes it is the share that it has of the plain one. */
  readonly size: Size;
}

/** The npm package that a source is in. */
export interface SourcePackage {
  readonly name: string;
  readonly version: string | null;
}

/** What a source contributes to all artifacts together. */
export interface SourceWeight extends SourcePart {
  readonly artifacts: readonly string[];
}

/**
 * Adds up what the parts of a site weigh.
 *
 * @param isCompared whether they were weighed for returning visitors, too
 */
export function weighSite(
  view: SiteView,
  parts: ReadonlyMap<string, MeasuredPart>,
  isCompared: boolean,
): SiteWeights {
  const nothing: Size = { raw: 0, brotli: 0, returning: isCompared ? 0 : null };
  const weightOf = (files: readonly LoadedFile[]) => sumOf([nothing, ...files.map(loadedSize)]);
  const partsOf = (variant: Variant) => variant.parts.flatMap((built) => parts.get(built.part.key) ?? []);
  const files = new Map(
    view.variants
      .flatMap(partsOf)
      .flatMap(({ atOnce, later }) => [...atOnce, ...later])
      .map((file) => [file.name, file]),
  );
  const artifacts = [...files.values()].map(weighArtifact).sort(heaviestFirst(({ name }) => name));
  const pages = view.pages.map(({ template, contexts, variants }): PageWeight => {
    const atOnce = loadedFiles(variants, (variant) => partsOf(variant).flatMap((part) => part.atOnce));
    const later = loadedFiles(variants, (variant) => partsOf(variant).flatMap((part) => part.later));
    const ofKind = (kind: ArtifactKind) => atOnce.filter(({ name, type }) => kindOf({ name, type }) === kind);
    return {
      template,
      contexts,
      size: weightOf(atOnce),
      js: weightOf(ofKind('js')),
      css: weightOf(ofKind('css')),
      later: weightOf(later),
      blocks: variants.map(({ id }) => id),
    };
  });
  const shownBy = new Map<string, number>();
  for (const id of pages.flatMap(({ blocks }) => blocks)) shownBy.set(id, (shownBy.get(id) ?? 0) + 1);
  const blocks = view.variants.map((variant): BlockWeight => {
    const { place, kind, mode, name } = variant.block;
    const atOnce = loadedFiles([variant], (one) => partsOf(one).flatMap((part) => part.atOnce));
    const later = loadedFiles([variant], (one) => partsOf(one).flatMap((part) => part.later));
    return {
      id: variant.id,
      template: place.file,
      line: place.line,
      column: place.column,
      ...(place.block !== undefined && { block: place.block }),
      kind,
      mode,
      ...(name !== undefined && { name }),
      size: weightOf(atOnce),
      later: weightOf(later),
      artifacts: atOnce.map((file) => file.name),
      laterArtifacts: later.map((file) => file.name),
      pages: shownBy.get(variant.id) ?? 0,
    };
  });
  const weights = {
    pages: pages.sort(heaviestFirst(({ template, contexts }) => [template, ...contexts].join(' '))),
    blocks: blocks.sort(heaviestFirst(({ id }) => id)),
    artifacts,
    sources: sumSources(artifacts),
  };
  return { ...weights, findings: findRepetitions(weights) };
}

/** The contexts that tell a page from others of the same template; none where there is no other. */
export function distinctContexts(page: PageWeight, pages: readonly PageWeight[]): readonly string[] {
  return pages.some((other) => other !== page && other.template === page.template) ? page.contexts : [];
}

/** The artifacts that some page loads at once, and the others. */
export function artifactsByLoading({ blocks, artifacts }: Pick<Report, 'blocks' | 'artifacts'>): {
  readonly atOnce: ArtifactWeight[];
  readonly later: ArtifactWeight[];
} {
  const names = new Set(blocks.flatMap((block) => block.artifacts));
  return {
    atOnce: artifacts.filter(({ name }) => names.has(name)),
    later: artifacts.filter(({ name }) => !names.has(name)),
  };
}

/** A file as a page gets it. */
type LoadedFile = MeasuredFile & { readonly isInline: boolean };

/** The files of some blocks: linked ones once, and inline ones as often as they are written into the page. */
function loadedFiles(
  variants: readonly Variant[],
  filesOf: (variant: Variant) => readonly MeasuredFile[],
): LoadedFile[] {
  const files = new Map<string, LoadedFile>();
  for (const variant of variants) {
    for (const file of filesOf(variant)) {
      const isInline = variant.block.mode === 'inline' && /\.(?:css|js)$/.test(file.name);
      files.set(isInline ? `${variant.id} ${file.name}` : file.name, { ...file, isInline });
    }
  }
  return [...files.values()];
}

/** No browser keeps what is written into pages. */
function loadedSize({ size, isInline }: LoadedFile): Size {
  return isInline && size.returning !== null ? { ...size, returning: size.brotli } : size;
}

function weighArtifact({ name, type, size, sources }: MeasuredFile): ArtifactWeight {
  const traced = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const shares = divide(size, [...sources.map(({ bytes }) => bytes), size.raw - traced]);
  const generated = shares.at(-1) ?? size;
  return {
    name,
    kind: kindOf({ name, type }),
    size,
    sources: sources.map((source, index) => ({
      name: source.name,
      ...(source.package && {
        package: { name: source.package.name, version: source.package.version ?? null },
      }),
      size: shares[index] ?? generated,
    })),
    generated,
  };
}

function kindOf({ name, type }: Pick<MeasuredFile, 'name' | 'type'>): ArtifactKind {
  if (name.endsWith('.js')) return 'js';
  if (name.endsWith('.css')) return 'css';
  if (/^font\/|[/-]font-/.test(type)) return 'font';
  return type.startsWith('image/') ? 'image' : 'other';
}

function sumSources(artifacts: readonly ArtifactWeight[]): SourceWeight[] {
  const parts = artifacts.flatMap(({ name: artifact, sources }) =>
    sources.map((source) => ({ artifact, source })),
  );
  return [...Map.groupBy(parts, ({ source }) => source.name).values()]
    .flatMap((same) => {
      const [first] = same;
      if (first === undefined) return [];
      const size = sumOf(same.map(({ source }) => source.size));
      return [{ ...first.source, size, artifacts: same.map(({ artifact }) => artifact) }];
    })
    .sort(heaviestFirst(({ name }) => name));
}

function heaviestFirst<T extends { readonly size: Size }>(nameOf: (item: T) => string) {
  return (a: T, b: T) =>
    b.size.brotli - a.size.brotli || b.size.raw - a.size.raw || compare(nameOf(a), nameOf(b));
}
