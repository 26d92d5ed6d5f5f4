import { isDeepStrictEqual } from 'node:util';
import type { Place } from '../errors.ts';
import { formatPlace } from '../errors.ts';
import type { ExplorationFailure, ExplorationVisitor, ExploreTemplate, ReachedBlock } from './exploration.ts';
import type { OfflineContext } from './offline-context.ts';
import { type Read, withWhatIsSaid } from './read-log.ts';
import { takenLater } from './taken-later.ts';

/** Where a run came from: a template that was explored on its own, and the context. */
export interface Origin {
  readonly template: string;
  readonly context: string;
}

/** A block that a run reached. */
export type Reached = ReachedBlock & { readonly origin: Origin };

/** Something that went wrong in a run. */
export type Failed = ExplorationFailure & { readonly origin: Origin };

/** A template with a context, and all that decided where exploring it went. */
export interface DiscoveryRun {
  readonly origin: Origin;
  readonly reads: readonly Read[];
}

/** All that exploring found. */
export interface Discovery {
  /** Every template with every context it was explored with. */
  readonly runs: readonly DiscoveryRun[];
  /** Every block that a template declares, by its formatted place. */
  readonly declared: ReadonlyMap<string, Place>;
  readonly reached: readonly Reached[];
  readonly failed: readonly Failed[];
  /** Blocks that hang on an item of an empty list, with their origin. */
  readonly undecided: readonly { readonly place: Place; readonly origin: Origin }[];
  /** The templates that others use: partials and layouts. */
  readonly used: ReadonlySet<string>;
}

/** What exploring a template with one context gave, to be taken over for contexts in which nothing would be different. */
interface KnownRun {
  readonly context: OfflineContext;
  readonly reads: readonly Read[];
  readonly events: readonly Event[];
}

type Event =
  | { readonly type: 'reached'; readonly block: ReachedBlock }
  | { readonly type: 'failed'; readonly failure: ExplorationFailure }
  | { readonly type: 'undecided'; readonly place: Place };

/**
 * Explores all templates with all their contexts. Contexts that differ only in what a template does not read are explored
 * once.
 *
 * @param onTemplate told before each template, for progress
 */
export async function discover(
  templates: readonly string[],
  contextsOf: (template: string) => readonly OfflineContext[],
  explore: ExploreTemplate,
  onTemplate: (template: string, index: number) => void = () => {},
): Promise<Discovery> {
  const declared = new Map<string, Place>();
  const used = new Set<string>();
  const runs: DiscoveryRun[] = [];
  const reached: Reached[] = [];
  const failed: Failed[] = [];
  const undecided: { place: Place; origin: Origin }[] = [];
  for (const [index, template] of templates.entries()) {
    onTemplate(template, index);
    const known: KnownRun[] = [];
    for (const context of contextsOf(template)) {
      const equal = await findEqual(known, context);
      let run = equal;
      if (run === undefined) {
        const events: Event[] = [];
        const visitor: ExplorationVisitor = {
          declared: (place) => declared.set(formatPlace(place), place),
          reached: (block) => events.push({ type: 'reached', block }),
          failed: (failure) => events.push({ type: 'failed', failure }),
          undecided: (place) => events.push({ type: 'undecided', place }),
          uses: (user, other) => user !== other && used.add(other),
        };
        run = { context, reads: await explore(template, context, visitor), events };
        // Whether a finding counts hangs on more than what was read, so only runs without any are taken over.
        if (run.events.every(isClean)) known.push(run);
      }
      const origin = { template, context: context.label };
      runs.push({ origin, reads: run.reads });
      const takenOf = takenLater({ template, context }, explore);
      let position = 0;
      for (const event of run.events) {
        if (event.type === 'reached') {
          const index = position++;
          const reads = await withWhatIsSaid(event.block.reads, context);
          // What leads to a block may differ between contexts in which the block is the same.
          const isTaken = equal && { isTaken: () => takenOf(index) };
          reached.push({ ...event.block, reads, origin, ...isTaken });
        } else if (event.type === 'failed') failed.push({ ...event.failure, origin });
        else undecided.push({ place: event.place, origin });
      }
    }
  }
  return { runs, declared, reached, failed, undecided, used };
}

function isClean(event: Event): boolean {
  if (event.type !== 'reached') return event.type === 'undecided';
  return event.block.varying.length === 0 && event.block.reads.every(({ isMissing }) => !isMissing);
}

/** A run that would be the same with another context, because all it read is. */
async function findEqual(known: readonly KnownRun[], context: OfflineContext): Promise<KnownRun | undefined> {
  for (const run of known) {
    if (await isSame(run, context)) return run;
  }
  return undefined;
}

async function isSame({ context: old, reads }: KnownRun, context: OfflineContext): Promise<boolean> {
  for (const { path } of reads) {
    try {
      const [before, now] = [await old.read(path), await context.read(path)];
      if (before.depth !== now.depth || !isDeepStrictEqual(before.value, now.value)) {
        // Where a path ends early, what it ends in is not what was asked for.
        const isBothAbsent = before.depth === now.depth && before.depth < path.length && before.depth === 0;
        if (!isBothAbsent) return false;
      }
    } catch {
      return false; // A value that cannot be had is reported by exploring.
    }
  }
  return true;
}
