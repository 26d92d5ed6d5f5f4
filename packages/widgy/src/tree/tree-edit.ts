import { changeIndex, entryOf, type IndexEntry } from './index-of-widgets.ts';
import { indexOfPlace, type Place, type Tree } from './tree.ts';
import { type Widget, walk, withChildren, withSlot } from './widget.ts';

/**
 * The steps from one tree to the next, which shares everything with it that no step touched. A step costs the
 * way up to the root and the siblings on it. Whoever takes a step knows that it is possible: the checks are made before.
 */
export class TreeEdit {
  readonly #tree: Tree;
  readonly #changes = new Map<string, IndexEntry | undefined>();
  #root: Widget;

  constructor(tree: Tree) {
    this.#tree = tree;
    this.#root = tree.root;
  }

  #entry(id: string): IndexEntry {
    const entry = this.#changes.has(id) ? this.#changes.get(id) : entryOf(this.#tree.index, id);
    if (entry === undefined) throw new Error(`There is no widget "${id}" to edit.`);
    return entry;
  }

  /** The widget as it is by now. */
  widget(id: string): Widget {
    return this.#entry(id).widget;
  }

  /** Puts a widget in the place of the one with its id, and new versions of all above it in the place of theirs. */
  replace(widget: Widget): void {
    let below = widget;
    for (;;) {
      const { widget: old, parent } = this.#entry(below.id);
      this.#changes.set(below.id, { widget: below, parent });
      if (parent === undefined) {
        this.#root = below;
        return;
      }
      const above = this.#entry(parent).widget;
      below = withChildren(above, above.children.with(above.children.indexOf(old), below));
    }
  }

  /** Puts a widget that is in the tree nowhere at a place. */
  attach(widget: Widget, place: Place): void {
    const parent = this.widget(place.parent);
    const placed = withSlot(widget, place.slot);
    this.#changes.set(widget.id, { widget: placed, parent: parent.id });
    this.replace(
      withChildren(
        parent,
        parent.children.toSpliced(indexOfPlace(parent, place) ?? parent.children.length, 0, placed),
      ),
    );
  }

  /** Takes a widget out of its parent, and gives it. The ids below it stay known, for it is to be attached again. */
  detach(id: string): Widget {
    const { widget, parent } = this.#entry(id);
    if (parent === undefined) throw new Error('The root cannot be detached.');
    const above = this.widget(parent);
    this.replace(withChildren(above, above.children.toSpliced(above.children.indexOf(widget), 1)));
    this.#changes.set(id, undefined);
    return widget;
  }

  /** Puts widgets in the place of children that stand side by side: those new to this parent, which are in the tree. */
  exchange(parent: string, start: number, count: number, widgets: readonly Widget[]): void {
    const above = this.widget(parent);
    for (const old of above.children.slice(start, start + count)) this.#changes.set(old.id, undefined);
    for (const widget of widgets) this.#changes.set(widget.id, { widget, parent });
    const rest = above.children.slice(start + count);
    this.replace(withChildren(above, above.children.slice(0, start).concat(widgets, rest)));
  }

  /** Makes known where a widget's children are. */
  learnChildren(widget: Widget): void {
    for (const child of widget.children) this.#changes.set(child.id, { widget: child, parent: widget.id });
  }

  /** Makes the ids below a widget known. */
  learn(widget: Widget): void {
    for (const above of walk(widget)) this.learnChildren(above);
  }

  /** Makes the ids of a widget and all below it unknown. */
  forget(widget: Widget): void {
    for (const { id } of walk(widget)) this.#changes.set(id, undefined);
  }

  /** The tree after all steps. */
  finish(): Tree {
    return { root: this.#root, isFrozen: false, index: changeIndex(this.#tree.index, this.#changes) };
  }
}
