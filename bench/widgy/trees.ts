import {
  createTree,
  createWidget,
  type JsonObject,
  type Tree,
  type Widget,
} from '../../packages/widgy/src/tree/index.ts';
import { type Random, seeded } from '../offline/random.ts';
import { contents, holders } from './site.ts';

/** Ids of the documents that links of the trees point at. */
export const targets: readonly string[] = Array.from({ length: 20 }, (_, index) => `target-${index}`);

/** Most children of a widget below the root; those above the content have fewer. */
const MOST_CHILDREN = 20;

/** A widget that is being made. */
interface Sketch {
  readonly level: number;
  readonly children: Sketch[];
}

/** A page of so many widgets, at least 10 and five to eight levels deep, the same for the same number. */
export function benchTree(widgets: number): Tree {
  const random = seeded(widgets);
  let count = 0;
  const made = (sketch: Sketch): Widget => {
    const id = `w${count++}`;
    const children = sketch.children.map(made);
    return createWidget({ id, ...headOf(sketch, random), children });
  };
  return createTree(made(sketchOf(widgets, random)));
}

const CONTENT_LEVEL = holders.length;

/** Levels that hold content. */
const isHoldingContent = (level: number) => level !== 0 && level !== 2;

/** First one path down to a column with something in it, then each widget into any of those that still take one. */
function sketchOf(widgets: number, random: Random): Sketch {
  const root: Sketch = { level: 0, children: [] };
  const open: Sketch[] = [root];
  const add = (parent: Sketch, level: number): Sketch => {
    const child: Sketch = { level, children: [] };
    parent.children.push(child);
    if (level < CONTENT_LEVEL) open.push(child);
    if (parent !== root && parent.children.length === MOST_CHILDREN) open.splice(open.indexOf(parent), 1);
    return child;
  };
  let spine = root;
  for (const level of [1, 2, 3, CONTENT_LEVEL]) spine = add(spine, level);
  for (let count = 5; count < widgets; count += 1) {
    const parent = pick(open, random);
    const isContent =
      isHoldingContent(parent.level) && (random() < 0.7 || parent.level === CONTENT_LEVEL - 1);
    add(parent, isContent ? CONTENT_LEVEL : parent.level + 1);
  }
  return root;
}

function headOf({ level }: Sketch, random: Random): { readonly type: string; readonly fields: JsonObject } {
  const title = textOf(50, 100, random);
  const types = holders[level];
  if (types !== undefined) return { type: pick(types, random), fields: { title } };
  const to = random() < 0.2 ? `widgy:document/${pick(targets, random)}` : '';
  return { type: pick(contents, random), fields: { title, body: richText(random), to } };
}

/** Rich text of up to 500 characters; one in four has a link. */
function richText(random: Random): string {
  const start = `<p>${textOf(30, 130, random)} <strong>${textOf(10, 40, random)}</strong>`;
  const link = `<a href="widgy:document/${pick(targets, random)}">${textOf(5, 20, random)}</a> `;
  return `${start} ${random() < 0.25 ? link : ''}${textOf(10, 200, random)}</p>`;
}

const WORDS =
  'a page is made of widgets which people put where they want them and every one has fields'.split(' ');

/** Words of about so many characters, from `least` to `most`. */
function textOf(least: number, most: number, random: Random): string {
  const length = least + Math.floor(random() * (most - least));
  let text = pick(WORDS, random);
  while (text.length < length) text += ` ${pick(WORDS, random)}`;
  return text.slice(0, most).trim();
}

function pick<T>(list: readonly T[], random: Random): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
}
