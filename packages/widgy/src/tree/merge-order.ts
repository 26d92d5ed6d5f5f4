import { isSameSlot } from './diff.ts';
import { type PlaceConflict, type PlaceSides, placeConflict } from './merge-places.ts';
import type { Side, Sides } from './merge-sides.ts';
import { findWidget, type Tree } from './tree.ts';
import { childrenIn } from './widget.ts';

/** A slot whose widgets both sides brought into another order. They stand in ours. */
export interface OrderConflict {
  readonly code: 'order';
  /** The parent. */
  readonly id: string;
  readonly slot: string | undefined;
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Puts the widgets that are in one slot after a merge in order. */
export function mergeOrder(
  sides: Sides,
  chosen: PlaceSides,
  parent: string,
  slot: string | undefined,
  members: ReadonlySet<string>,
  note: (conflict: OrderConflict | PlaceConflict) => void,
): readonly string[] {
  const listed = (tree: Tree): string[] => {
    const widget = findWidget(tree, parent);
    const children = widget === undefined ? [] : childrenIn(widget, slot);
    return children.map(({ id }) => id).filter((id) => members.has(id));
  };
  const lists: Readonly<Record<Side, string[]>> = { ours: listed(sides.ours), theirs: listed(sides.theirs) };
  const isResident = (id: string): boolean => isStanding(sides, id);
  const before = listed(sides.base).filter(isResident);
  const ours = lists.ours.filter(isResident);
  const theirs = lists.theirs.filter(isResident);
  const isOurs = !isSameList(before, ours);
  if (isOurs && !isSameList(before, theirs) && !isSameList(ours, theirs)) {
    note({ code: 'order', id: parent, slot, base: before, ours, theirs });
  }

  // Newcomers stand behind the resident that they stand behind on their side.
  const runs = { ours: runsBehind(lists.ours, isResident), theirs: runsBehind(lists.theirs, isResident) };
  const order: string[] = [];
  for (const resident of [undefined, ...(isOurs ? ours : theirs)]) {
    if (resident !== undefined) order.push(resident);
    const newcomers = (side: Side): string[] =>
      (runs[side].get(resident) ?? []).filter((id) => chosen.get(id) === side);
    order.push(...inOneOrder(newcomers('ours'), newcomers('theirs')));
  }
  reportTwice(sides, runs, members, isResident, note);
  return order;
}

/** Whether a widget is in one slot in all three trees. */
function isStanding({ base, ours, theirs }: Sides, id: string): boolean {
  const isThere = [base, ours, theirs].every((tree) => findWidget(tree, id) !== undefined);
  return isThere && isSameSlot(base, ours, id) && isSameSlot(base, theirs, id);
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at]);
}

type Runs = ReadonlyMap<string | undefined, readonly string[]>;

/** The newcomers in a list by the resident before them. */
function runsBehind(list: readonly string[], isResident: (id: string) => boolean): Runs {
  const runs = new Map<string | undefined, string[]>();
  let resident: string | undefined;
  for (const id of list) {
    if (isResident(id)) resident = id;
    else {
      const run = runs.get(resident) ?? [];
      run.push(id);
      runs.set(resident, run);
    }
  }
  return runs;
}

/** What two sides put into one gap: kept together, and in the same order whichever side is ours. */
function inOneOrder(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const [a] = ours;
  const [b] = theirs;
  return a !== undefined && b !== undefined && b < a ? [...theirs, ...ours] : [...ours, ...theirs];
}

/** Both brought a widget into this slot, but not into the same gap. */
function reportTwice(
  sides: Sides,
  runs: Readonly<Record<Side, Runs>>,
  members: ReadonlySet<string>,
  isResident: (id: string) => boolean,
  note: (conflict: OrderConflict | PlaceConflict) => void,
): void {
  const behind = { ours: residents(runs.ours), theirs: residents(runs.theirs) };
  for (const id of members) {
    if (isResident(id) || !isSameSlot(sides.ours, sides.theirs, id)) continue;
    const isThere = findWidget(sides.ours, id) !== undefined && findWidget(sides.theirs, id) !== undefined;
    if (isThere && behind.ours.get(id) !== behind.theirs.get(id)) note(placeConflict('moved', id, sides));
  }
}

/** For each newcomer the resident before it; undefined where there is none. */
function residents(runs: Runs): ReadonlyMap<string, string | undefined> {
  return new Map([...runs].flatMap(([resident, run]) => run.map((id) => [id, resident] as const)));
}
