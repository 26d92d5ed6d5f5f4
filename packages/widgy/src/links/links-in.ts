import { findWidget, type Tree } from '../tree/tree.ts';
import { type Widget, walk } from '../tree/widget.ts';
import { formatReference } from '../widgets/fields/reference.ts';
import type { Site } from '../widgets/site.ts';
import { type FieldReference, fieldReferences } from './field-references.ts';

/** One link of a tree to something registered: a row of the table `links`, without the version it is in. */
export interface Link extends FieldReference {
  /** The id of the widget that holds it. */
  readonly widget: string;
}

/** How the links of a tree become those of another one. */
export interface LinkChanges {
  readonly added: readonly Link[];
  readonly removed: readonly Link[];
}

/**
 * The links of a widget and all below it, in the order of the page. A widget has one link for each field and target,
 * however often it is there. Only fields that were not read before are read.
 */
export function linksIn(widget: Widget, site: Site<never>): readonly Link[] {
  const memo = memos.get(site) ?? new WeakMap<Widget, readonly Link[]>();
  memos.set(site, memo);
  const links = memo.get(widget) ?? Array.from(walk(widget), (each) => linksOf(each, site)).flat();
  memo.set(widget, links);
  return links;
}

/** What was found once: a page that is shown again and again has the same tree each time. */
const memos = new WeakMap<Site<never>, WeakMap<Widget, readonly Link[]>>();

/**
 * What changes in the links when a tree becomes another one. What both trees share is not looked at, so after one
 * operation it costs as much as the operation did, and nothing where nothing changed.
 */
export function linkChanges(before: Tree, after: Tree, site: Site<never>): LinkChanges {
  return { added: linksBeyond(after, before, site), removed: linksBeyond(before, after, site) };
}

/** The text under which two links are the same link. */
export function linkKey({ widget, field, target }: Link): string {
  return `${widget} ${formatReference(target)} ${field}`;
}

/** The links of a tree that another one has not. */
function linksBeyond(tree: Tree, other: Tree, site: Site<never>): readonly Link[] {
  const found: Link[] = [];
  for (const widget of notShared(tree, other)) {
    const counterpart = findWidget(other, widget.id);
    if (counterpart?.fields === widget.fields && counterpart.type === widget.type) continue;
    const there = new Set(counterpart && linksOf(counterpart, site).map(linkKey));
    found.push(...linksOf(widget, site).filter((link) => !there.has(linkKey(link))));
  }
  return found;
}

/** The widgets of a tree that another one does not share, from the top down. */
function* notShared(tree: Tree, other: Tree): Generator<Widget> {
  const rest: Widget[] = [tree.root];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (findWidget(other, next.id) === next) continue;
    yield next;
    for (const child of next.children.toReversed()) rest.push(child);
  }
}

function linksOf(widget: Widget, site: Site<never>): readonly Link[] {
  return fieldReferences(site, widget).map((found) => ({ widget: widget.id, ...found }));
}
