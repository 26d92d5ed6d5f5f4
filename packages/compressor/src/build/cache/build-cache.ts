import { contentHash } from '../../hash.ts';
import { type Goal, isWhole, type OwnGoal, packSource, type Source } from '../../recipe/recipe.ts';
import { type BuildContext, sourceName } from '../context.ts';
import type { PartFacts } from '../finished.ts';
import type { ModuleBundle } from '../modules.ts';
import type { OwnFile } from '../own-kind.ts';
import type { Inputs, Unit } from '../unit.ts';
import type { CacheFolder } from './cache-folder.ts';
import type { CacheStore } from './cache-store.ts';
import { namesName, type UnitEntry, unitName } from './index.ts';
import { recordingContext } from './recording.ts';
import { bundleCodec, type Codec, ownCodec, unitCodec } from './stored-unit.ts';
import { SurroundingsReader } from './surroundings.ts';
import { type Dependencies, Validity } from './validity.ts';

/** Something compiled whose sources are as they were, perhaps not in memory. */
export interface Current {
  /** The hash of what it was compiled into. */
  readonly digest: string;
  readonly traits: UnitEntry['traits'];
  readonly inputs: Inputs;
}

/**
 * What earlier processes built, so that this one need not. It has two levels:
 *
 * 1. **Units**: compiled style sheets and classic scripts, and bundles of modules. A unit is found by its source and the
 *    fingerprint of the pipeline, and is current if a build would read the same again, see {@link Validity}: every file holds
 *    what it held, every name that was looked up means the same file or still none, and, where a tool looked files up by
 *    itself, no file came or went that it could have found. Content decides, never a time.
 * 2. **Plans and parts**: where units are cut into parts, and the names and sizes of the finished files. Both are found by
 *    the fingerprint and the hashes of the compiled units, so they are right whenever they are found.
 *
 * So with nothing changed files are read and hashed, and nothing is parsed, compiled, joined or even loaded. What a cache
 * holds never shows in a result: whatever is missing or damaged is made again.
 */
export class BuildCache {
  readonly #context: BuildContext;
  readonly #folder: CacheFolder;
  readonly #store: CacheStore;
  /** Part of every key. */
  readonly fingerprint: string;
  readonly #surroundings: SurroundingsReader;
  readonly #validity: Validity;
  readonly #current = new Map<string, Promise<UnitEntry | undefined>>();
  readonly #described = new WeakMap<UnitEntry, Current>();
  readonly #ids = new Map<string, string>();

  /**
   * @param fingerprint what shapes results, and which names mean which files, beside the context's fingerprint
   * @param written absolute paths that builds write to
   */
  constructor(context: BuildContext, store: CacheStore, fingerprint: string, written: readonly string[]) {
    const { base, roots } = context.finder;
    this.#context = context;
    this.#store = store;
    this.#folder = store.folder;
    this.fingerprint = contentHash(JSON.stringify([context.pipeline.fingerprint(), fingerprint]));
    this.#surroundings = new SurroundingsReader({ base, roots, written });
    this.#validity = new Validity(context, this.#surroundings);
  }

  /** A unit, from the cache if it is current, else made. */
  unit(goal: Goal, source: Source, make: (context: BuildContext) => Promise<Unit>): Promise<Unit> {
    return this.#get(goal, [source], unitCodec, make);
  }

  /** A bundle of modules, from the cache if it is current, else made. */
  bundle(
    sources: readonly Source[],
    make: (context: BuildContext) => Promise<ModuleBundle>,
  ): Promise<ModuleBundle> {
    return this.#get('module', sources, bundleCodec, make);
  }

  /** A file of a kind of the site, from the cache if it is current, else made. */
  ownFile(
    goal: OwnGoal,
    sources: readonly Source[],
    make: (context: BuildContext) => Promise<OwnFile>,
  ): Promise<OwnFile> {
    return this.#get(goal, sources, ownCodec, make);
  }

  /** What was compiled of sources, if that is current: one for each source, or one for what is built as a whole. Else undefined. */
  async current(goal: Goal, sources: readonly Source[]): Promise<readonly Current[] | undefined> {
    const groups = isWhole(goal) ? [sources] : sources.map((source) => [source]);
    const found: Current[] = [];
    for (const group of groups) {
      const id = this.#id(goal, group);
      const entry = await this.#entry(id);
      if (entry === undefined) return undefined;
      const known = this.#described.get(entry);
      const { digest, traits } = entry;
      const described = known ?? { digest, traits, inputs: this.#validity.inputsOf(entry) };
      if (known === undefined) this.#described.set(entry, described);
      found.push(described);
    }
    return found;
  }

  /** Where a group is cut: the index after the last source of each part. */
  plan(key: string): readonly number[] | undefined {
    return this.#store.plans.get(key);
  }

  keepPlan(key: string, ends: readonly number[]): void {
    this.#store.plans.set(key, ends);
  }

  part(key: string): PartFacts | undefined {
    return this.#store.parts.get(key);
  }

  keepPart(key: string, facts: PartFacts): void {
    this.#store.parts.set(key, facts);
  }

  /** What a compiled script shares with others, as it was kept; undefined if it was not. */
  names(digest: string): string | undefined {
    return this.#folder.read(namesName(digest));
  }

  keepNames(digest: string, names: string): void {
    this.#folder.write(namesName(digest), names);
  }

  /** Writes down what was learned. */
  save(): void {
    this.#store.save();
  }

  #id(goal: Goal, sources: readonly Source[]): string {
    const identity = JSON.stringify([this.fingerprint, goal, sources.map(packSource)]);
    const id = this.#ids.get(identity) ?? contentHash(identity);
    this.#ids.set(identity, id);
    return id;
  }

  /** The entry of what is current; looked at once, since the reader remembers what it read. */
  #entry(id: string): Promise<UnitEntry | undefined> {
    const known = this.#current.get(id);
    if (known !== undefined) return known;
    const entry = this.#findCurrent(id);
    this.#current.set(id, entry);
    return entry;
  }

  async #findCurrent(id: string): Promise<UnitEntry | undefined> {
    for (const entry of this.#store.units.get(id) ?? []) {
      if (!(await this.#validity.holds(entry))) continue;
      for (const { level, key, message } of entry.notes) {
        if (key === undefined) this.#context.logger.log(level, message);
        else this.#context.warn(level, key, message);
      }
      return entry;
    }
    return undefined;
  }

  async #get<T extends { readonly inputs: Inputs }>(
    goal: Goal,
    sources: readonly Source[],
    codec: Codec<T>,
    make: (context: BuildContext) => Promise<T>,
  ): Promise<T> {
    const id = this.#id(goal, sources);
    const entry = await this.#entry(id);
    const kept = entry && (await this.#load(entry, codec));
    if (kept !== undefined) return kept;
    // A file that comes while a tool looks around must count as new the next time.
    this.#surroundings.look();
    this.#context.logger.log('debug', `compiling ${sources.map(sourceName).join(', ')}`);
    const { context, recorded } = recordingContext(this.#context);
    const value = await make(context);
    const dependencies = this.#validity.describe(value.inputs, recorded, goal === 'module');
    this.#keep(id, codec.encode(value), codec.traits(value), dependencies);
    return value;
  }

  async #load<T>(entry: UnitEntry, codec: Codec<T>): Promise<T | undefined> {
    const text = this.#folder.read(unitName(entry.digest));
    if (text === undefined) return undefined;
    const inputs = this.#validity.inputsOf(entry);
    const paths = [...inputs.values()];
    try {
      return await codec.decode(text, inputs, async (index) => {
        const input = paths[index];
        const snapshot = input && (await this.#context.reader.read(input.path, input.name));
        return snapshot?.hash === input?.hash ? snapshot?.bytes : undefined;
      });
    } catch {
      return undefined; // Whatever is wrong shows when it is made again.
    }
  }

  #keep(id: string, text: string | undefined, traits: UnitEntry['traits'], dependencies: Dependencies): void {
    if (text === undefined) {
      this.#current.set(id, Promise.resolve(undefined));
      return;
    }
    const digest = contentHash(text);
    const entry = { digest, traits, ...dependencies };
    this.#folder.write(unitName(digest), text);
    const others = (this.#store.units.get(id) ?? []).filter(
      (other) => JSON.stringify(other) !== JSON.stringify(entry),
    );
    this.#store.units.set(id, [entry, ...others].slice(0, STATES));
    this.#current.set(id, Promise.resolve(entry));
  }
}

/** States of one source that are kept, so that going back and forth between branches finds both. */
const STATES = 4;
