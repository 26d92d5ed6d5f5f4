import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database/database.ts';
import { createLinkables, type Linkable, type Linkables } from '../links/linkable.ts';
import { DEFAULT_LIMITS, type TreeLimits } from '../tree/limits.ts';
import { measure } from '../tree/measure.ts';
import type { Tree } from '../tree/tree.ts';
import type { IdMaker } from '../tree/widget.ts';
import type { Site } from '../widgets/site.ts';
import type { LiveDocument } from './commits/live.ts';
import { createSharedReads, type SharedReads } from './commits/shared-reads.ts';
import type { Draft } from './drafts/draft.ts';
import {
  createEvents,
  type DocumentEvents,
  type DocumentHook,
  type Events,
  type PresenceEvent,
} from './events.ts';
import { KEPT_CHANGES, REMEMBERED_BYTES, REMEMBERED_CHANGES } from './limits.ts';
import { createTurns, type Turns } from './turns.ts';

/** What documents are opened with. */
export interface DocumentOptions {
  readonly database: Database;
  readonly site: Site<never>;
  /** What link fields may point at. Nothing if not given. */
  readonly linkables?: readonly Linkable[];
  /** How large trees may get. */
  readonly limits?: TreeLimits;
  /** Changes of a draft that are kept, at least: so far back one can undo, and a client may lag behind. Default: {@link KEPT_CHANGES}. */
  readonly keptChanges?: number;
  /** Whether only approved commits are shown to visitors. Default: false. */
  readonly isReviewed?: boolean;
  /** Asked inside the transaction of everything that is done, after it was written; see {@link DocumentHook}. */
  readonly before?: DocumentHook;
  /** Is told of what failed and kept nobody from their work. It must not throw. Default: a line on standard error. */
  readonly onProblem?: (problem: unknown) => void;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** Makes ids of widgets and documents. Default: random UUIDs. */
  readonly newId?: IdMaker;
}

/** The documents of a site in a database: what all functions of this folder are given first. */
export interface DocumentStore {
  readonly database: Database;
  readonly site: Site<never>;
  readonly linkables: Linkables;
  readonly limits: TreeLimits;
  readonly keptChanges: number;
  /** Changes of a draft that this process remembers: never more than are kept, so that every process says the same. */
  readonly rememberedChanges: number;
  readonly isReviewed: boolean;
  readonly before: DocumentHook | undefined;
  readonly onProblem: (problem: unknown) => void;
  readonly now: () => number;
  readonly newId: IdMaker;
  /** What was done in this process. */
  readonly events: DocumentEvents;
  /** What was said in this process of who is where. */
  readonly presenceEvents: Events<PresenceEvent>;
  /** Drafts by document. They may be behind; what is written says which sequence number it is for. */
  readonly drafts: LRUCache<string, Draft>;
  /** Trees by content hash. */
  readonly trees: LRUCache<string, Tree>;
  /** What visitors see, asked for together. */
  readonly liveReads: SharedReads<LiveDocument | undefined>;
  /** One after the other for each document, so that writers of one process do not race each other in vain. */
  readonly turns: Turns;
}

/**
 * Opens the documents of a site.
 *
 * @example
 * const documents = openDocuments({ database: await openDatabase('sqlite:data/site.db'), site });
 */
export function openDocuments(options: DocumentOptions): DocumentStore {
  const { database, site, linkables = [], limits = DEFAULT_LIMITS, isReviewed = false, before } = options;
  const { keptChanges = KEPT_CHANGES } = options;
  return {
    database,
    site,
    linkables: createLinkables(linkables),
    limits,
    keptChanges,
    rememberedChanges: Math.min(keptChanges, REMEMBERED_CHANGES),
    isReviewed,
    before,
    onProblem: options.onProblem ?? writeProblem,
    now: options.now ?? Date.now,
    newId: options.newId ?? randomUUID,
    events: createEvents(),
    presenceEvents: createEvents(),
    drafts: new LRUCache({
      maxSize: REMEMBERED_BYTES / 2,
      sizeCalculation: ({ tree, recent }) =>
        measure(tree.root).bytes + recent.reduce((sum, { size }) => sum + 2 * size, 0),
    }),
    trees: new LRUCache({
      maxSize: REMEMBERED_BYTES / 2,
      sizeCalculation: (tree) => measure(tree.root).bytes,
    }),
    liveReads: createSharedReads(),
    turns: createTurns(),
  };
}

function writeProblem(problem: unknown): void {
  process.stderr.write(`widgy: ${problem instanceof Error ? (problem.stack ?? problem.message) : problem}\n`);
}
