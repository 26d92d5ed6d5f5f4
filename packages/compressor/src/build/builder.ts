import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { CompressorError } from '../errors.ts';
import {
  type CodeGoal,
  extensionOf,
  type Goal,
  type Group,
  groupIdentity,
  isOwnGoal,
  isWhole,
  type OwnGoal,
  packSource,
  type Source,
} from '../recipe/recipe.ts';
import { DependencyGraph } from '../sources/dependency-graph.ts';
import { type Artifact, createArtifact } from './artifact.ts';
import type { BuildContext } from './context.ts';
import type { ModuleBundle } from './modules.ts';
import { buildOwnFile, type OwnFile } from './own-kind.ts';
import { cutGroup, joinable, joinInputs, type Part, partName, partsOf, recipeKey } from './plan.ts';
import { separateStatements } from './separate-statements.ts';
import type { MappedText } from './source-map.ts';
import type { Inputs, Unit } from './unit.ts';
import { UnitCache } from './unit-cache.ts';

/** What a part was built into. */
export interface Build {
  readonly key: string;
  /** What the page links: one for each part, or one for each module where modules are kept separate. */
  readonly entries: readonly Artifact[];
  /** What the entries refer to: chunks, pictures, fonts, source maps. */
  readonly files: readonly Artifact[];
}

/** What was compiled earlier, perhaps by another process. */
export interface UnitMemory {
  /** A unit that is remembered, or else made, with a context of the memory's own. */
  unit(goal: Goal, source: Source, make: (context: BuildContext) => Promise<Unit>): Promise<Unit>;
  bundle(
    sources: readonly Source[],
    make: (context: BuildContext) => Promise<ModuleBundle>,
  ): Promise<ModuleBundle>;
  ownFile(
    goal: OwnGoal,
    sources: readonly Source[],
    make: (context: BuildContext) => Promise<OwnFile>,
  ): Promise<OwnFile>;
}

/** What building a part gives, before it has a key. */
type Made = Pick<Build, 'entries' | 'files'> & { readonly inputs: Inputs };

/** How something was built. */
export interface Making {
  readonly milliseconds: number;
  /** What was read. */
  readonly inputs: Inputs;
}

/** How a builder works, and whom it tells. */
export interface BuilderOptions {
  /** Whether each module of a group keeps an entry of its own, as in development. */
  readonly separateModules?: boolean;
  /** Told of each file that something built depends on, or that may mend what could not be built. */
  readonly onRead?: (path: string) => void;
  /** Told of each build that was really made. Who asked for the build waits for it, and gets what it throws. */
  readonly onBuild?: (build: Build, making: Making) => void | Promise<void>;
  /** Where to look before something is compiled. It must not be used with separate modules. */
  readonly memory?: UnitMemory;
}

/**
 * Builds, and remembers what it built until something that was read for it changes. Asked for the same thing many times
 * at once, it builds it once.
 */
export class Builder {
  readonly #context: BuildContext;
  readonly #options: BuilderOptions;
  readonly #graph: DependencyGraph;
  readonly #units: UnitCache<Unit>;
  readonly #bundles: UnitCache<ModuleBundle>;
  readonly #ownFiles: UnitCache<OwnFile>;
  readonly #running = new Map<string, Promise<Build>>();
  /** Keys are made from content, so what stands here is never outdated. */
  readonly #done = new LRUCache<string, Build>({ maxSize: REMEMBERED_BYTES, sizeCalculation: sizeOf });

  constructor(context: BuildContext, options: BuilderOptions = {}) {
    const { onRead = () => {} } = options;
    this.#context = { ...context, onMissing: onRead };
    this.#options = options;
    this.#graph = new DependencyGraph(onRead);
    // What failed has no list of what it read, but it has a place, which is where it will be mended.
    const onFailure = (error: unknown) => {
      const file = error instanceof CompressorError ? error.place?.file : undefined;
      if (file?.startsWith('./')) onRead(join(context.finder.base, file));
    };
    this.#units = new UnitCache(this.#graph, onFailure);
    this.#bundles = new UnitCache(this.#graph, onFailure);
    this.#ownFiles = new UnitCache(this.#graph, onFailure);
  }

  /**
   * Decides into which parts a group is built. The first time it reads and compiles the sources to know their imports; until
   * one of them changes it then answers from memory.
   *
   * @param name the name that the block gives its artifact
   */
  async plan(group: Group, name?: string): Promise<Part[]> {
    const { goal, sources } = group;
    if (isWhole(goal)) {
      const { inputs } = await this.#whole(goal, sources);
      return partsOf(group, [sources.length], [inputs], name, this.#fingerprint(goal));
    }
    const units = await this.#unitsOf(goal, sources);
    const ends = await cutGroup(units.map(joinable));
    const inputs = units.map((unit) => unit.inputs);
    return partsOf(group, ends, inputs, name, this.#fingerprint(goal));
  }

  /**
   * Builds a part, once for each key as long as it is remembered. If its sources changed since it was planned, the build is
   * that of the new ones and bears their key.
   */
  build(part: Part): Promise<Build> {
    const done = this.#done.get(part.key);
    if (done !== undefined) return Promise.resolve(done);
    const running = this.#running.get(part.key);
    if (running !== undefined) return running;
    const build = this.#buildNow(part).finally(() => this.#running.delete(part.key));
    this.#running.set(part.key, build);
    return build;
  }

  /** Compiles the sources of a group, as far as that is not done. */
  async compile({ goal, sources }: Group): Promise<void> {
    if (isWhole(goal)) await this.#whole(goal, sources);
    else await this.#unitsOf(goal, sources);
  }

  /** Forgets all that was built from the files, and what failed: the change may have mended it. */
  invalidate(paths: readonly string[]): void {
    const stale = this.#graph.unitsReading(paths);
    this.#units.drop(stale);
    this.#bundles.drop(stale);
    this.#ownFiles.drop(stale);
  }

  async #buildNow(part: Part): Promise<Build> {
    const started = performance.now();
    const { inputs, ...made } = isOwnGoal(part.goal)
      ? await this.#ownArtifacts(part.goal, part)
      : await this.#codeArtifacts(part.goal, part);
    const build = { key: recipeKey(part, inputs, this.#fingerprint(part.goal)), ...made };
    await this.#options.onBuild?.(build, { milliseconds: performance.now() - started, inputs });
    this.#done.set(build.key, build);
    return build;
  }

  async #ownArtifacts(goal: OwnGoal, { name, sources }: Part): Promise<Made> {
    const { content, inputs } = await this.#ownFile(goal, sources);
    return { entries: [createArtifact(name + extensionOf(goal), content)], files: [], inputs };
  }

  async #codeArtifacts(goal: CodeGoal, part: Part): Promise<Made> {
    const extension = extensionOf(goal);
    let entries: readonly (MappedText & { references: readonly string[]; name: string })[];
    let files: readonly Artifact[];
    let inputs: Inputs;
    if (goal === 'module') {
      const bundle = await this.#modules(part.sources);
      ({ files, inputs } = bundle);
      const names = entryNames(part, bundle.entries.length);
      entries = bundle.entries.map((entry, index) => ({ ...entry, name: names[index] ?? part.name }));
    } else {
      const units = await this.#unitsOf(goal, part.sources);
      files = units.flatMap((unit) => unit.files);
      inputs = joinInputs(units.map((unit) => unit.inputs));
      const { joinTexts } = await import('./map-steps.ts');
      const texts = goal === 'classic' ? separateStatements(units) : units;
      entries = [
        { ...joinTexts(texts), name: part.name, references: [...new Set(files.map(({ name }) => name))] },
      ];
    }
    const maps: Artifact[] = [];
    const built = entries.map(({ text, map, name, references }) => {
      if (map === undefined) return createArtifact(name + extension, text, references);
      const file = createArtifact(`${name}${extension}.map`, JSON.stringify(map));
      maps.push(file);
      return createArtifact(name + extension, `${text}\n${mapLink(goal, file.name)}`, [
        ...references,
        file.name,
      ]);
    });
    return { entries: built, files: unique([...files, ...maps]), inputs };
  }

  /** Modules that are kept separate become other files, so they have keys of their own. */
  #fingerprint(goal: Goal): string {
    const isSeparate = goal === 'module' && this.#options.separateModules === true;
    return this.#context.pipeline.fingerprint() + (isSeparate ? ' separate' : '');
  }

  /** A source on its own, compiled. */
  unit(goal: 'style' | 'classic', source: Source): Promise<Unit> {
    const id = JSON.stringify([goal, packSource(source)]);
    // Each kind has heavy tools, which are loaded only where they are needed.
    const make = async (context: BuildContext) =>
      goal === 'style'
        ? (await import('./style.ts')).buildStyle(source, context)
        : (await import('./classic-script.ts')).buildClassicScript(source, context);
    const { memory } = this.#options;
    return this.#units.get(id, () => memory?.unit(goal, source, make) ?? make(this.#context));
  }

  /** Of several that fail the first one counts, whichever failed first; and nothing goes on when the caller is told. */
  async #unitsOf(goal: 'style' | 'classic', sources: readonly Source[]): Promise<Unit[]> {
    const units = sources.map((source) => this.unit(goal, source));
    await Promise.allSettled(units);
    return Promise.all(units);
  }

  #whole(goal: 'module' | OwnGoal, sources: readonly Source[]): Promise<ModuleBundle | OwnFile> {
    return goal === 'module' ? this.#modules(sources) : this.#ownFile(goal, sources);
  }

  #ownFile(goal: OwnGoal, sources: readonly Source[]): Promise<OwnFile> {
    const make = (context: BuildContext) => buildOwnFile(goal, sources, context);
    const { memory } = this.#options;
    return this.#ownFiles.get(
      groupIdentity({ goal, sources }),
      () => memory?.ownFile(goal, sources, make) ?? make(this.#context),
    );
  }

  #modules(sources: readonly Source[]): Promise<ModuleBundle> {
    const id = groupIdentity({ goal: 'module', sources });
    const make = async (context: BuildContext) =>
      (await import('./modules.ts')).bundleModules(sources, this.#options.separateModules ?? false, context);
    const { memory } = this.#options;
    return this.#bundles.get(id, () => memory?.bundle(sources, make) ?? make(this.#context));
  }
}

function mapLink(goal: CodeGoal, name: string): string {
  return goal === 'style' ? `/*# sourceMappingURL=${name} */` : `//# sourceMappingURL=${name}`;
}

/** The names of a part's entries, all different, in the order of its sources. */
export function entryNames(part: Pick<Part, 'name' | 'sources' | 'goal'>, count: number): string[] {
  if (count <= 1) return [part.name];
  const seen = new Map<string, number>();
  return part.sources.map((source) => {
    const name = partName(undefined, [source], part.goal);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? name : `${name}-${number}`;
  });
}

/** Each artifact once, in the order of their names. */
function unique(artifacts: readonly Artifact[]): Artifact[] {
  const byName = new Map(artifacts.map((artifact) => [artifact.name, artifact]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function sizeOf({ entries, files }: Build): number {
  return [...entries, ...files].reduce((size, { bytes }) => size + bytes.length, 1);
}

/** Finished builds kept in memory at most. */
const REMEMBERED_BYTES = 32 * 1024 * 1024;
