import { FORBIDDEN_NAMES, freezeJson, type JsonObject } from './json.ts';
import { MAX_NAME_LENGTH } from './limits.ts';

/**
 * One widget and all below it: an immutable value. Two trees that share a part share the object, which is why
 * it is never changed, only replaced.
 */
export interface Widget {
  /** Opaque, and unique in its tree. It stays the widget's own for life: through moves, removal and undo. */
  readonly id: string;
  readonly type: string;
  /** The slot of its parent that it sits in, where the parent has named slots. */
  readonly slot: string | undefined;
  readonly fields: JsonObject;
  /** In order. Those of one slot stand together, and slots stand in the order of their names. */
  readonly children: readonly Widget[];
}

/** A widget without what is below it and without its place. */
export type WidgetHead = Pick<Widget, 'id' | 'type' | 'fields'>;

/** Makes a new id, never one that it made before. It is given from outside: the core has no chance in it. */
export type IdMaker = () => string;

/** What a widget is made from; everything but id and type may be left out. */
export interface WidgetParts {
  readonly id: string;
  readonly type: string;
  readonly slot?: string | undefined;
  readonly fields?: JsonObject;
  readonly children?: readonly Widget[];
}

/** Makes a widget, with its children grouped by slot. The fields it is given are frozen. */
export function createWidget({ id, type, slot, fields = {}, children = [] }: WidgetParts): Widget {
  return frozen(id, type, slot, freezeJson(fields), [...children].sort(bySlot));
}

/** The widget with other children, which must be in order already. */
export function withChildren(widget: Widget, children: readonly Widget[]): Widget {
  return frozen(widget.id, widget.type, widget.slot, widget.fields, children);
}

/** The widget in another slot; the same object if it sits there already. */
export function withSlot(widget: Widget, slot: string | undefined): Widget {
  return widget.slot === slot ? widget : frozen(widget.id, widget.type, slot, widget.fields, widget.children);
}

/** The widget with other fields, which must be frozen. */
export function withFields(widget: Widget, fields: JsonObject): Widget {
  return frozen(widget.id, widget.type, widget.slot, fields, widget.children);
}

/** One shape for all, made in one place: reading widgets is what everything here does most. */
function frozen(
  id: string,
  type: string,
  slot: string | undefined,
  fields: JsonObject,
  children: readonly Widget[],
): Widget {
  return Object.freeze({ id, type, slot, fields, children: Object.freeze(children) });
}

/** Whether a slot stands before another in a widget's children; children without a slot come first. */
export function isSlotBefore(a: string | undefined, b: string | undefined): boolean {
  if (a === b || b === undefined) return false;
  return a === undefined || a < b;
}

function bySlot(a: Widget, b: Widget): number {
  if (a.slot === b.slot) return 0;
  return isSlotBefore(a.slot, b.slot) ? -1 : 1;
}

/** The children in one slot, in order. */
export function childrenIn(parent: Widget, slot: string | undefined): readonly Widget[] {
  const found = parent.children.filter((child) => child.slot === slot);
  return found.length === parent.children.length ? parent.children : found;
}

/** The widget and all below it, each parent before its children, as they stand on the page. */
export function* walk(widget: Widget): Generator<Widget> {
  const rest: Widget[] = [widget];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    yield next;
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at];
      if (child !== undefined) rest.push(child);
    }
  }
}

/**
 * Makes something of a widget and of what was made of its children, from the leaves up.
 *
 * @param known what is already made of a widget, so that nothing below it is looked at
 */
export function fold<T>(
  widget: Widget,
  make: (widget: Widget, children: readonly T[]) => T,
  known: (widget: Widget) => T | undefined = () => undefined,
): T {
  const top: Frame<T> = { widget, made: [] };
  const frames = [top];
  for (;;) {
    const frame = frames.at(-1) ?? top;
    const child = frame.widget.children[frame.made.length];
    if (child !== undefined) {
      const done = known(child);
      if (done === undefined) frames.push({ widget: child, made: [] });
      else frame.made.push(done);
      continue;
    }
    const made = make(frame.widget, frame.made);
    frames.pop();
    const parent = frames.at(-1);
    if (parent === undefined) return made;
    parent.made.push(made);
  }
}

interface Frame<T> {
  readonly widget: Widget;
  readonly made: T[];
}

/** Whether a text may be a widget's id: letters, digits, `-` and `_`, so that it is safe wherever it is written. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value) && isName(value);
}

/** Whether a text may be a type or the name of a slot: `slide`, `shop/price-list`, `forms.input`. */
export function isTypeName(value: unknown): value is string {
  return typeof value === 'string' && TYPE.test(value) && isName(value);
}

function isName(value: string): boolean {
  return value.length <= MAX_NAME_LENGTH && !FORBIDDEN_NAMES.has(value);
}

const ID = /^[A-Za-z0-9_-]+$/;
const TYPE = /^[A-Za-z][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*$/;

/** What {@link isId} asks for, in words. */
export const ID_RULE = `must be 1 to ${MAX_NAME_LENGTH} letters, digits, "-" and "_"`;

/** What {@link isTypeName} asks for, in words. */
export const TYPE_RULE = `must start with a letter, and be at most ${MAX_NAME_LENGTH} letters, digits, "-" and "_", in parts with "/" or "." between them`;
