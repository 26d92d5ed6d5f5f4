import { formatWidget } from './format.ts';
import { canonicalJson, type JsonObject, type JsonValue } from './json.ts';
import type { Place, Tree } from './tree.ts';
import { findWidget } from './tree.ts';
import { type IdMaker, type Widget, type WidgetHead, walk } from './widget.ts';

/** Puts a new widget, with all below it, at a place. The place says the slot, the widget itself has none. */
export interface Insert {
  readonly kind: 'insert';
  readonly widget: Widget;
  readonly at: Place;
}

/** Puts a widget, with all below it, at another place. */
export interface Move {
  readonly kind: 'move';
  readonly id: string;
  readonly to: Place;
}

/** Gives fields new values and takes others away. Fields that it does not name stay as they are. */
export interface SetFields {
  readonly kind: 'set';
  readonly id: string;
  readonly fields: JsonObject;
  /** Names of fields to take away. An absent field and one that is null are not the same. */
  readonly unset: readonly string[];
}

/** Takes a widget away with all below it. */
export interface Remove {
  readonly kind: 'remove';
  readonly id: string;
}

/** Puts a copy of a widget, with all below it, at a place. */
export interface Duplicate {
  readonly kind: 'duplicate';
  readonly id: string;
  readonly at: Place;
  /** For each widget in the original its id and the id of its copy, the topmost first. */
  readonly ids: readonly (readonly [original: string, copy: string])[];
}

/** Puts a new widget in the place of siblings that stand side by side in one slot, and them into it. */
export interface Wrap {
  readonly kind: 'wrap';
  readonly widget: WidgetHead;
  /** One or more siblings in their order, each with the slot of the new widget that it goes to. */
  readonly children: readonly WrappedChild[];
}

/** A widget that goes into a new one. */
export interface WrappedChild {
  readonly id: string;
  readonly slot?: string | undefined;
}

/** Takes a widget away and puts its children in its place and slot. */
export interface Unwrap {
  readonly kind: 'unwrap';
  readonly id: string;
}

/**
 * A change to a tree: plain data that names widgets by id and never by position. It applies, inverts, rebases over another
 * one, and has a JSON form for the log, the API and the clipboard.
 */
export type Operation = Insert | Move | SetFields | Remove | Duplicate | Wrap | Unwrap;

/** The kinds of operations. */
export const OPERATION_KINDS = ['insert', 'move', 'set', 'remove', 'duplicate', 'wrap', 'unwrap'] as const;

/** The operation that duplicates a widget, with new ids for the copies. */
export function duplicate(tree: Tree, id: string, at: Place, newId: IdMaker): Duplicate {
  const original = findWidget(tree, id);
  const ids =
    original === undefined ? [] : Array.from(walk(original), (widget) => [widget.id, newId()] as const);
  return { kind: 'duplicate', id, at, ids };
}

/** The canonical JSON of an operation; `parseOperation` reads it. */
export function formatOperation(operation: Operation): string {
  if (operation.kind === 'insert') {
    const at = canonicalJson(placeJson(operation.at));
    return `{"at":${at},"kind":"insert","widget":${formatWidget(operation.widget)}}`;
  }
  return canonicalJson(toJson(operation));
}

function toJson(operation: Exclude<Operation, Insert>): JsonValue {
  switch (operation.kind) {
    case 'move':
      return { kind: 'move', id: operation.id, to: placeJson(operation.to) };
    case 'duplicate':
      return { ...operation, at: placeJson(operation.at) };
    case 'wrap': {
      const { id, type, fields } = operation.widget;
      const children = operation.children.map((child) =>
        child.slot === undefined ? { id: child.id } : { id: child.id, slot: child.slot },
      );
      return { kind: 'wrap', widget: { id, type, fields }, children };
    }
    default:
      return { ...operation };
  }
}

function placeJson({ parent, slot, before }: Place): JsonObject {
  return {
    parent,
    ...(slot === undefined ? {} : { slot }),
    ...(before === undefined ? {} : { before }),
  };
}
