import { DEFAULT_LIMITS, type TreeLimits } from './limits.ts';
import { measure } from './measure.ts';
import {
  addProblem,
  checkKeys,
  isHopeless,
  isPlainObject,
  type Parsed,
  type Path,
  type PlainObject,
  type ProblemLog,
} from './problems.ts';
import { readFields } from './read-fields.ts';
import { createTree, type Tree } from './tree.ts';
import { createWidget, ID_RULE, isId, isTypeName, TYPE_RULE, type Widget } from './widget.ts';

/**
 * Reads a tree from a value that JSON gave, wherever that came from: the tree, or what is wrong with it and where. The
 * value may be of any depth; nothing here calls itself.
 *
 * @param limits what is larger is refused, as soon as it is noticed
 */
export function parseTree(value: unknown, limits: TreeLimits = DEFAULT_LIMITS): Parsed<Tree> {
  const log = { problems: [] };
  const root = readWidget(value, undefined, log, limits);
  return root === undefined ? { ok: false, problems: log.problems } : { ok: true, value: createTree(root) };
}

/** A widget that is being read: what is known of it, and its children as far as they are read. */
interface Frame {
  readonly path: Path | undefined;
  readonly head: Pick<Widget, 'id' | 'type' | 'slot' | 'fields'>;
  readonly raw: readonly unknown[];
  readonly children: Widget[];
}

/** Reads a widget and all below it; undefined if anything is wrong. The topmost one has no slot: its place says it. */
export function readWidget(
  value: unknown,
  path: Path | undefined,
  log: ProblemLog,
  limits: TreeLimits,
): Widget | undefined {
  const ids = new Set<string>();
  const found = log.problems.length;
  const top = openFrame(value, path, log, limits, ids);
  if (top.head.slot !== undefined) {
    addProblem(
      log,
      { within: path, key: 'slot' },
      'wrong-shape',
      'the topmost widget has no slot of its own',
    );
  }
  const frames = [top];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const at = frame.children.length;
    if (at === frame.raw.length) {
      const widget = createWidget({ ...frame.head, children: frame.children });
      frames.pop();
      const parent = frames.at(-1);
      if (parent !== undefined) parent.children.push(widget);
      else if (log.problems.length > found) return undefined;
      else if (measure(widget).bytes <= limits.bytes) return widget;
      else addProblem(log, path, 'too-large', `the tree has more than ${limits.bytes} bytes`);
      continue;
    }
    const list: Path = { within: frame.path, key: 'children' };
    if (ids.size + 1 > limits.widgets) {
      addProblem(log, list, 'too-many', `there are more than ${limits.widgets} widgets`);
      return undefined;
    }
    if (frames.length + 1 > limits.depth) {
      addProblem(log, list, 'too-deep', `there are more than ${limits.depth} widgets inside one another`);
      return undefined;
    }
    if (isHopeless(log)) return undefined;
    frames.push(openFrame(frame.raw[at], { within: list, key: at }, log, limits, ids));
  }
  return undefined;
}

const KEYS = ['id', 'type', 'slot', 'fields', 'children'];

/** Reads a widget without its children. What is wrong with it is noted, and reading goes on to find the rest. */
function openFrame(
  value: unknown,
  path: Path | undefined,
  log: ProblemLog,
  limits: TreeLimits,
  ids: Set<string>,
): Frame {
  const { id, type, slot, fields, children }: PlainObject = isPlainObject(value) ? value : {};
  const at = (key: string): Path => ({ within: path, key });
  if (!isPlainObject(value)) addProblem(log, path, 'wrong-shape', 'a widget must be an object');
  else {
    checkKeys(value, KEYS, path, log);
    if (!isId(id)) addProblem(log, at('id'), 'invalid-id', ID_RULE);
    else if (ids.has(id)) addProblem(log, at('id'), 'id-taken', `the id "${id}" is used twice`);
    if (!isTypeName(type)) addProblem(log, at('type'), 'invalid-type', TYPE_RULE);
    if (slot !== undefined && !isTypeName(slot)) addProblem(log, at('slot'), 'invalid-slot', TYPE_RULE);
    if (children !== undefined && !Array.isArray(children)) {
      addProblem(log, at('children'), 'wrong-shape', 'children must be an array');
    }
  }
  const known = isId(id) ? id : `#${ids.size}`;
  ids.add(ids.has(known) ? `#${ids.size}` : known);
  return {
    path,
    head: {
      id: known,
      type: isTypeName(type) ? type : '',
      slot: isTypeName(slot) ? slot : undefined,
      fields: (fields === undefined ? undefined : readFields(fields, at('fields'), log, limits)) ?? {},
    },
    raw: Array.isArray(children) ? children : [],
    children: [],
  };
}
