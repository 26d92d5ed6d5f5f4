import { LRUCache } from 'lru-cache';
import { type Group, groupIdentity, packSource, type Source } from '../recipe/recipe.ts';
import { DependencyGraph } from '../sources/dependency-graph.ts';
import { type Artifact, createArtifact } from './artifact.ts';
import { buildClassicScript, separateStatements } from './classic-script.ts';
import type { BuildContext } from './context.ts';
import { bundleModules, type ModuleBundle } from './modules.ts';
import { cutGroup, type Part, partName, recipeKey } from './plan.ts';
import { joinTexts, type MappedText } from './source-map.ts';
import { buildStyle } from './style.ts';
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

/** How a builder works, and whom it tells. */
export interface BuilderOptions {
  /** Whether each module of a group keeps an entry of its own, as in development. */
  readonly separateModules?: boolean;
  /** Told of each file that something built depends on. */
  readonly onRead?: (path: string) => void;
  /** Told of each build that was really made. */
  readonly onBuild?: (build: Build, milliseconds: number) => void;
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
  readonly #running = new Map<string, Promise<Build>>();
  /** Keys are made from content, so what stands here is never outdated. */
  readonly #done = new LRUCache<string, Build>({ maxSize: REMEMBERED_BYTES, sizeCalculation: sizeOf });

  constructor(context: BuildContext, options: BuilderOptions = {}) {
    this.#context = context;
    this.#options = options;
    this.#graph = new DependencyGraph(options.onRead);
    this.#units = new UnitCache(this.#graph);
    this.#bundles = new UnitCache(this.#graph);
  }

  /**
   * Decides into which parts a group is built. The first time it reads and compiles the sources to know their imports; until
   * one of them changes it then answers from memory.
   *
   * @param name the name that the block gives its artifact
   */
  async plan(group: Group, name?: string): Promise<Part[]> {
    const { goal, sources } = group;
    const part = (own: readonly Source[], inputs: Inputs): Part => {
      const cut = { goal, sources: own };
      return { ...cut, name: partName(name, own, goal), key: this.#key(cut, inputs), inputs };
    };
    if (goal === 'module') return [part(sources, (await this.#modules(sources)).inputs)];
    const units = await Promise.all(sources.map((source) => this.#unit(goal, source)));
    let start = 0;
    return (await cutGroup(units)).map((end) => {
      const inputs = inputsOf(units.slice(start, end));
      const own = sources.slice(start, end);
      start = end;
      return part(own, inputs);
    });
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

  /** Forgets all that was built from the files, and what failed: the change may have mended it. */
  invalidate(paths: readonly string[]): void {
    const stale = this.#graph.unitsReading(paths);
    this.#units.drop(stale);
    this.#bundles.drop(stale);
  }

  async #buildNow(part: Part): Promise<Build> {
    const started = performance.now();
    const extension = part.goal === 'style' ? '.css' : '.js';
    let entries: readonly (MappedText & { references: readonly string[]; name: string })[];
    let files: readonly Artifact[];
    let inputs: Inputs;
    if (part.goal === 'module') {
      const bundle = await this.#modules(part.sources);
      ({ files, inputs } = bundle);
      const names = entryNames(part, bundle.entries.length);
      entries = bundle.entries.map((entry, index) => ({ ...entry, name: names[index] ?? part.name }));
    } else {
      const goal = part.goal;
      const units = await Promise.all(part.sources.map((source) => this.#unit(goal, source)));
      files = units.flatMap((unit) => unit.files);
      inputs = inputsOf(units);
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
      return createArtifact(name + extension, `${text}\n${mapLink(part.goal, file.name)}`, [
        ...references,
        file.name,
      ]);
    });
    const build = { key: this.#key(part, inputs), entries: built, files: unique([...files, ...maps]) };
    this.#done.set(build.key, build);
    this.#options.onBuild?.(build, performance.now() - started);
    return build;
  }

  /** Modules that are kept separate become other files, so they have keys of their own. */
  #key(group: Group, inputs: Inputs): string {
    const isSeparate = group.goal === 'module' && this.#options.separateModules === true;
    return recipeKey(group, inputs, this.#context.fingerprint + (isSeparate ? ' separate' : ''));
  }

  #unit(goal: 'style' | 'classic', source: Source): Promise<Unit> {
    const id = JSON.stringify([goal, packSource(source)]);
    const make = () =>
      goal === 'style' ? buildStyle(source, this.#context) : buildClassicScript(source, this.#context);
    return this.#units.get(id, make);
  }

  #modules(sources: readonly Source[]): Promise<ModuleBundle> {
    const id = groupIdentity({ goal: 'module', sources });
    return this.#bundles.get(id, () =>
      bundleModules(sources, this.#options.separateModules ?? false, this.#context),
    );
  }
}

function mapLink(goal: Part['goal'], name: string): string {
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

function inputsOf(units: readonly Unit[]): Inputs {
  return new Map(units.flatMap((unit) => [...unit.inputs]));
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
