import { formatPlace, type Place } from '../errors.ts';
import type { Block } from '../recipe/parse.ts';
import type { Discovery, Origin, Reached } from './discover.ts';
import type { ExploreTemplate } from './exploration.ts';
import type { Occurrence } from './occurrences.ts';
import type { OfflineContext, PathKey } from './offline-context.ts';
import { plainText } from './plain-text.ts';
import { type Read, withWhatIsSaid } from './read-log.ts';
import { type Run, takenLater } from './taken-later.ts';

/** What exploring found, as data for the next process. */
export interface KeptDiscovery {
  readonly declared: readonly Place[];
  readonly used: readonly string[];
  readonly runs: readonly KeptRun[];
  /** What the markup of blocks means, each once. */
  readonly contents: readonly Block[];
}

/** What one template with one context gave. */
interface KeptRun extends Origin {
  /** All that decided where it went, with the text of each value. */
  readonly reads: readonly { readonly path: readonly PathKey[]; readonly found: string }[];
  readonly reached: readonly KeptBlock[];
  readonly undecided: readonly Place[];
}

interface KeptBlock extends Pick<Reached, 'block' | 'isCertain'> {
  readonly reads: readonly { readonly path: readonly PathKey[]; readonly place: Place | undefined }[];
  /** Which of the contents. */
  readonly content: number;
}

/**
 * What can be told to the next process; undefined if anything was found that counts only under conditions which nobody looked
 * into, or hangs on values that cannot be compared.
 */
export function keepDiscovery(
  discovery: Discovery,
  occurrences: readonly Occurrence[],
): KeptDiscovery | undefined {
  if (discovery.failed.length > 0) return undefined;
  const runs: KeptRun[] = [];
  const contents = new Map<Block, number>();
  const byRun = Map.groupBy(occurrences, ({ origin }) => origin);
  const undecided = Map.groupBy(discovery.undecided, ({ origin }) => origin);
  for (const { origin, reads } of discovery.runs) {
    const kept = reads.map(({ path, depth, value }) => ({ path, found: foundText(depth, value) }));
    const paths = new Set(reads.map(pathKey));
    const reached = (byRun.get(origin) ?? []).map((occurrence) => keptBlock(occurrence, paths, contents));
    if (!kept.every(isFound) || !reached.every((block) => block !== undefined)) return undefined;
    const places = (undecided.get(origin) ?? []).map(({ place }) => place);
    runs.push({ ...origin, reads: kept, reached, undecided: places });
  }
  return {
    declared: [...discovery.declared.values()],
    used: [...discovery.used],
    runs,
    contents: [...contents.keys()],
  };
}

/**
 * @param paths all that the run read
 * @param contents those met so far, numbered
 */
function keptBlock(
  { block, isCertain, reads, varying, content }: Occurrence,
  paths: ReadonlySet<string>,
  contents: Map<Block, number>,
): KeptBlock | undefined {
  const isClean = varying.length === 0 && reads.every((read) => !read.isMissing && paths.has(pathKey(read)));
  if (content === undefined || !isClean) return undefined;
  const number = contents.get(content) ?? contents.size;
  contents.set(content, number);
  return { block, isCertain, content: number, reads: reads.map(({ path, place }) => ({ path, place })) };
}

interface FoundRead {
  readonly path: readonly PathKey[];
  readonly found: string | undefined;
}

function isFound(read: FoundRead): read is FoundRead & { found: string } {
  return read.found !== undefined;
}

/** What a path led to. Where nothing of it exists, what does not exist is all there is to know. */
function foundText(depth: number, value: unknown): string | undefined {
  if (depth === 0) return '0';
  const text = plainText(value);
  return text === undefined ? undefined : `${depth} ${text}`;
}

/**
 * The discovery of an earlier process, if exploring would find the same again: the same templates are explored with contexts in
 * which all that was read has the same values.
 *
 * @param runs what is to be explored, in order
 * @param explore for what was not kept: which blocks a real rendering comes to
 */
export async function recallDiscovery(
  { declared, used, runs: kept, contents }: KeptDiscovery,
  runs: readonly Run[],
  explore: ExploreTemplate,
): Promise<{ readonly discovery: Discovery; readonly contents: readonly Block[] } | undefined> {
  if (kept.length !== runs.length) return undefined;
  const found: Block[] = [];
  const discovery: { -readonly [Key in 'runs' | 'reached' | 'undecided']: Discovery[Key][number][] } = {
    runs: [],
    reached: [],
    undecided: [],
  };
  for (const [index, run] of runs.entries()) {
    const known = kept[index];
    if (known === undefined || known.template !== run.template || known.context !== run.context.label)
      return undefined;
    const reads = await readsOf(known, run.context);
    if (reads === undefined) return undefined;
    const origin: Origin = { template: known.template, context: known.context };
    discovery.runs.push({ origin, reads });
    const takenOf = takenLater(run, explore);
    const byPath = new Map(reads.map((read) => [pathKey(read), read]));
    for (const [position, { content, reads: own, ...kept }] of known.reached.entries()) {
      const blockReads = own.flatMap(({ path, place }) => {
        const read = byPath.get(pathKey({ path }));
        return read === undefined ? [] : [{ ...read, place }];
      });
      discovery.reached.push({
        ...kept,
        origin,
        reads: blockReads,
        varying: [],
        isTaken: () => takenOf(position),
      });
      const block = contents[content];
      if (block === undefined) return undefined;
      found.push(block);
    }
    for (const place of known.undecided) discovery.undecided.push({ place, origin });
  }
  return {
    contents: found,
    discovery: {
      ...discovery,
      failed: [],
      declared: new Map(declared.map((place) => [formatPlace(place), place])),
      used: new Set(used),
    },
  };
}

/** What a run reads in a context now; undefined if any of it differs. */
async function readsOf({ reads }: KeptRun, context: OfflineContext): Promise<readonly Read[] | undefined> {
  const now: Read[] = [];
  for (const { path, found } of reads) {
    try {
      const { depth, value } = await context.read(path);
      if (foundText(depth, value) !== found) return undefined;
      now.push({ path, depth, value, place: undefined, isMissing: false });
    } catch {
      return undefined; // A value that cannot be had is reported by exploring.
    }
  }
  return withWhatIsSaid(now, context);
}

function pathKey({ path }: Pick<Read, 'path'>): string {
  return JSON.stringify(path);
}
