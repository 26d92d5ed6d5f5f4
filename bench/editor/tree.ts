import { createTree, createWidget, type Tree, type Widget } from 'widgy/tree';

/** Levels of the pages, the root among them. */
export const DEPTH = 12;

/** Notes in the innermost box of a branch. */
const NOTES = 8;

/** Levels between the root and the notes in an innermost box. */
const BOXES = DEPTH - 2;

/** Widgets of a whole branch: boxes in each other, each with a note before the next, and the notes in the innermost. */
const BRANCH = 2 * BOXES - 1 + NOTES;

/**
 * A tree of so many widgets, the root among them, 12 levels deep: branches of boxes that stand in each other. Its ids and texts are the
 * same each time.
 *
 * @param size at least 28, for one branch
 */
export function deepTree(size: number): Tree {
  const branches = Math.floor((size - 1) / BRANCH);
  const children = Array.from({ length: branches }, (_, at) => branch(at));
  const rest = size - 1 - branches * BRANCH;
  const notes = Array.from({ length: rest }, (_, at) => note(`note-rest-${at}`));
  return createTree(createWidget({ id: 'sheet', type: 'sheet', children: [...children, ...notes] }));
}

/** A branch in the middle of a tree. */
export function middleBranch(size: number): number {
  return Math.floor((size - 1) / BRANCH / 2);
}

/** The id of a note in the innermost box of a branch. */
export function deepNote(branch: number, at: number): string {
  return `note-${branch}-deep-${at}`;
}

/** The index of the row of such a note in the outline, where everything is open. */
export function deepRow(branch: number, at: number): number {
  return branch * BRANCH + 2 * BOXES + at;
}

/** What a note says. */
export function noteText(id: string): string {
  return `What ${id} says is a sentence of some words, as on any page.`;
}

function branch(at: number): Widget {
  const innermost = Array.from({ length: NOTES }, (_, index) => note(deepNote(at, index)));
  let inner = box(at, BOXES - 1, innermost);
  for (let level = BOXES - 2; level >= 0; level -= 1)
    inner = box(at, level, [note(`note-${at}-${level}`), inner]);
  return inner;
}

function box(branch: number, level: number, children: readonly Widget[]): Widget {
  const fields = { name: `Part ${branch}, level ${level}` };
  return createWidget({ id: `box-${branch}-${level}`, type: 'box', fields, children });
}

function note(id: string): Widget {
  return createWidget({ id, type: 'note', fields: { text: noteText(id), count: id.length, tone: 'calm' } });
}
