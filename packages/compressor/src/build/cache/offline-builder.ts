import { callHook, type Hooks } from '../../config/hooks.ts';
import { contentHash } from '../../hash.ts';
import { type Group, isWhole, type Source } from '../../recipe/recipe.ts';
import { ArtifactEvents } from '../artifact-events.ts';
import { Builder, type BuilderOptions } from '../builder.ts';
import type { BuildContext } from '../context.ts';
import { type Finished, factsOf, finishedOf } from '../finished.ts';
import { cutGroup, type Part, partsOf } from '../plan.ts';
import type { BuildCache, Current } from './build-cache.ts';
import { type KeptJoinable, keptJoinable } from './stored-names.ts';

/**
 * Builds ahead of time. It does what {@link Builder} does, and answers from the build cache what that knows; contents are
 * loaded only when somebody asks for them.
 */
export class OfflineBuilder {
  readonly #context: BuildContext;
  readonly #cache: BuildCache | undefined;
  readonly #builder: Builder;
  readonly #joinables = new Map<string, KeptJoinable>();

  /** @param onArtifact told of each artifact that was built; a build fails with it */
  constructor(context: BuildContext, cache?: BuildCache, onArtifact?: Hooks['onArtifact']) {
    this.#context = context;
    this.#cache = cache;
    this.#builder = new Builder(context, {
      ...(cache && { memory: cache }),
      ...(onArtifact && { onBuild: telling(onArtifact) }),
    });
  }

  /**
   * Decides into which parts a group is built.
   *
   * @param name the name that the block gives its artifact
   */
  async plan(group: Group, name?: string): Promise<Part[]> {
    const { goal, sources } = group;
    const cache = this.#cache;
    const known = cache && (await this.#compiled(group, cache));
    if (cache === undefined || known === undefined) return this.#builder.plan(group, name);
    const ends = isWhole(goal) ? [sources.length] : await this.#ends(goal, sources, known, cache);
    const inputs = known.map((each) => each.inputs);
    return partsOf(group, ends, inputs, name, this.#context.pipeline.fingerprint());
  }

  /** Builds a part. */
  async build(part: Part): Promise<Finished> {
    const build = () => this.#builder.build(part);
    const cache = this.#cache;
    const known = await cache?.current(part.goal, part.sources);
    if (cache === undefined || known === undefined) return finishedOf(factsOf(await build()), build);
    const key = partKey(part, known, cache.fingerprint);
    const kept = cache.part(key);
    if (kept !== undefined) return finishedOf(kept, build);
    const facts = factsOf(await build());
    cache.keepPart(key, facts);
    return finishedOf(facts, build);
  }

  /** Writes down what was learned, for the next process. */
  save(): void {
    for (const [digest, joinable] of this.#joinables) {
      const news = joinable.news();
      if (news !== undefined) this.#cache?.keepNames(digest, news);
    }
    this.#cache?.save();
  }

  /** What the sources of a group were compiled into, now or earlier; undefined for what cannot be kept. */
  async #compiled({ goal, sources }: Group, cache: BuildCache): Promise<readonly Current[] | undefined> {
    const known = await cache.current(goal, sources);
    if (known !== undefined) return known;
    await this.#builder.compile({ goal, sources });
    return cache.current(goal, sources);
  }

  /** Where styles or classic scripts are cut into parts. */
  async #ends(
    goal: 'style' | 'classic',
    sources: readonly Source[],
    known: readonly Current[],
    cache: BuildCache,
  ): Promise<readonly number[]> {
    const key = contentHash(JSON.stringify([cache.fingerprint, goal, digestsOf(known)]));
    const kept = cache.plan(key);
    if (kept !== undefined) return kept;
    const units = sources.map((source, index) => this.#joinable(goal, source, known[index], cache));
    const ends = await cutGroup(units.filter((unit) => unit !== undefined));
    cache.keepPlan(key, ends);
    return ends;
  }

  #joinable(
    goal: 'style' | 'classic',
    source: Source,
    current: Current | undefined,
    cache: BuildCache,
  ): KeptJoinable | undefined {
    if (current?.traits === undefined) return undefined;
    const { digest, traits } = current;
    const known = this.#joinables.get(digest);
    if (known !== undefined) return known;
    const names = goal === 'classic' ? cache.names(digest) : undefined;
    const made = keptJoinable(traits, names, () => this.#builder.unit(goal, source));
    this.#joinables.set(digest, made);
    return made;
  }
}

/** Tells a hook of what was built, one artifact after the other. */
function telling(onArtifact: NonNullable<Hooks['onArtifact']>): NonNullable<BuilderOptions['onBuild']> {
  const events = new ArtifactEvents();
  return async (build, making) => {
    for (const event of events.of(build, making)) {
      const failure = await callHook('onArtifact', event.name, () => onArtifact(event));
      if (failure !== undefined) throw failure;
    }
  };
}

/** All that a finished part hangs on: what it is joined from, and its name. */
function partKey({ goal, name }: Part, known: readonly Current[], fingerprint: string): string {
  return contentHash(JSON.stringify([fingerprint, goal, name, digestsOf(known)]));
}

function digestsOf(known: readonly Current[]): string[] {
  return known.map(({ digest }) => digest);
}
