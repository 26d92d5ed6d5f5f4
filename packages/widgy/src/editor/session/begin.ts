import { NO_LIMITS } from '../../tree/limits.ts';
import { parseTree } from '../../tree/parse.ts';
import { isSameWidget } from '../../tree/same.ts';
import type { Tree } from '../../tree/tree.ts';
import {
  type DraftCopy,
  formatKept,
  type HeardChange,
  hear,
  type KeptDraft,
  keptOf,
  NO_STEPS,
  openCopy,
  parseKept,
  rescueCopy,
  resumeCopy,
  type Steps,
} from '../draft/index.ts';
import type { Device } from '../server/device.ts';
import type { DraftApi } from '../server/draft-api.ts';
import type { EditorData } from '../server/editor-data.ts';

/** What a session begins with. */
export interface Beginning {
  readonly copy: DraftCopy;
  readonly steps: Steps;
}

/** Changes that nobody saved. */
export interface LeftChanges {
  readonly count: number;
  /** When the last of them was kept, in milliseconds since 1970. */
  readonly at: number;
}

/** What beginning needs. */
export interface BeginOptions {
  readonly data: EditorData;
  readonly device: Device;
  readonly api: Pick<DraftApi, 'changesAfter'>;
  /** The id of this tab. */
  readonly client: string;
  /** Asks whether what tabs left behind that are not open any more is to be taken up; otherwise it is forgotten. */
  readonly offer: (left: LeftChanges) => Promise<boolean>;
}

/**
 * Finds what a tab begins with: the draft that came with the page, with what this tab had before it was loaded again, and with what others left
 * behind that were closed or killed before all of it was saved, if somebody wants it.
 */
export async function begin({ data, device, api, client, offer }: BeginOptions): Promise<Beginning> {
  const now = openCopy(data.sequence, draftOf(data));
  const left = (await device.left(data.document, client)).flatMap(({ client: by, text, at }) => {
    const kept = parseKept(text);
    return kept === undefined ? [] : [{ by, kept, at }];
  });
  const own = left.find(({ by }) => by === client)?.kept;
  const others = left.filter(({ by }) => by !== client);
  const unsaved = others.filter(({ kept }) => hasUnsaved(kept));
  const count = unsaved.reduce((sum, { kept }) => sum + kept.waiting.length + kept.conflicts.length, 0);
  const isWanted = count > 0 && (await offer({ count, at: Math.max(...unsaved.map(({ at }) => at)) }));
  let copy = own === undefined ? now : await resumed(now, own, api);
  for (const { kept } of isWanted ? unsaved : []) {
    // What the first of them had under way can be asked for again; nothing here waits before it.
    const isFirst = copy.waiting.length === 0 && copy.conflicts.length === 0;
    copy = isFirst ? await resumed(copy, kept, api) : rescueCopy(copy, kept);
  }
  // What another tab did can be undone here where this one has done nothing of its own.
  const steps = own?.steps ?? (isWanted ? unsaved[0]?.kept.steps : undefined) ?? NO_STEPS;
  // It is nowhere else until this tab keeps it.
  const isTaken = !isWanted || (await device.keep(data.document, client, formatKept(keptOf(copy, steps))));
  if (isTaken) for (const { by } of others) await device.forget(data.document, by);
  return { copy, steps };
}

/** The draft that came with the page; how large it may be was decided by the server. */
function draftOf({ tree }: EditorData): Tree {
  const parsed = parseTree(tree, NO_LIMITS);
  if (parsed.ok) return parsed.value;
  throw new Error(`The page came with no tree: ${parsed.problems[0]?.message}`);
}

function hasUnsaved({ waiting, conflicts }: KeptDraft): boolean {
  return waiting.length > 0 || conflicts.length > 0;
}

/** The copy that a tab had, with what was done since; where that is not known any more, what fits the draft of now. */
async function resumed(now: DraftCopy, kept: KeptDraft, api: BeginOptions['api']): Promise<DraftCopy> {
  if (!hasUnsaved(kept)) return now;
  const since: HeardChange[] = [];
  for (let after = kept.sequence; ; ) {
    const answer = await api.changesAfter(after);
    if (answer.kind === 'done') {
      since.push(...answer.value.changes);
      after = since.at(-1)?.sequence ?? after;
      if (after < answer.value.sequence && answer.value.changes.length > 0) continue;
      return leadsOn(now, kept, since) ? resumeCopy(kept, since) : rescueCopy(now, kept);
    }
    // Where nobody answers, what is kept is worked on; the stream tells the rest.
    return answer.kind === 'refused' ? rescueCopy(now, kept) : resumeCopy(kept, []);
  }
}

/**
 * Whether the log leads from what a tab kept to the draft of now. It does not where the server was set back to an older day and has gone on from
 * there: its numbers then mean other changes than they did.
 */
function leadsOn(now: DraftCopy, { sequence, base }: KeptDraft, since: readonly HeardChange[]): boolean {
  const upToNow = since.filter((change) => change.sequence <= now.sequence);
  try {
    const led = upToNow.reduce(hear, openCopy(sequence, base));
    if (led.sequence === now.sequence && !isSameWidget(led.base.root, now.base.root)) return false;
    since.slice(upToNow.length).reduce(hear, led);
    return true;
  } catch {
    // Only a change that does not fit throws: that is the answer.
    return false;
  }
}
