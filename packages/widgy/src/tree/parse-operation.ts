import { FORBIDDEN_NAMES, type JsonObject } from './json.ts';
import { DEFAULT_LIMITS, type TreeLimits } from './limits.ts';
import { type Duplicate, OPERATION_KINDS, type Operation, type WrappedChild } from './operation.ts';
import { readWidget } from './parse.ts';
import {
  addProblem,
  checkKeys,
  isPlainObject,
  type Parsed,
  type Path,
  type PlainObject,
  type ProblemLog,
} from './problems.ts';
import { readFields } from './read-fields.ts';
import type { Place } from './tree.ts';
import { ID_RULE, isId, isTypeName, TYPE_RULE, type WidgetHead } from './widget.ts';

/**
 * Reads an operation from a value that JSON gave: the operation, or what is wrong with it and where. Whether it fits a tree
 * is for `applyOperation` to say.
 */
export function parseOperation(value: unknown, limits: TreeLimits = DEFAULT_LIMITS): Parsed<Operation> {
  const log = { problems: [] };
  if (!isPlainObject(value)) {
    addProblem(log, undefined, 'wrong-shape', 'an operation must be an object');
    return { ok: false, problems: log.problems };
  }
  const operation = read(value, { value, log, limits });
  if (operation === undefined || log.problems.length > 0) return { ok: false, problems: log.problems };
  return { ok: true, value: operation };
}

/** What reading one operation needs all along. */
interface Reading {
  readonly value: PlainObject;
  readonly log: ProblemLog;
  readonly limits: TreeLimits;
}

function read({ kind }: PlainObject, reading: Reading): Operation | undefined {
  switch (kind) {
    case 'insert': {
      checkKeys(reading.value, ['kind', 'widget', 'at'], undefined, reading.log);
      const widget = readWidget(reading.value.widget, root('widget'), reading.log, reading.limits);
      const at = readPlace('at', reading);
      return widget && at && { kind, widget, at };
    }
    case 'move': {
      checkKeys(reading.value, ['kind', 'id', 'to'], undefined, reading.log);
      const id = readId(reading.value.id, root('id'), reading.log);
      const to = readPlace('to', reading);
      return id === undefined ? undefined : to && { kind, id, to };
    }
    case 'set':
      return readSet(reading);
    case 'remove':
    case 'unwrap': {
      checkKeys(reading.value, ['kind', 'id'], undefined, reading.log);
      const id = readId(reading.value.id, root('id'), reading.log);
      return id === undefined ? undefined : { kind, id };
    }
    case 'duplicate':
      return readDuplicate(reading);
    case 'wrap':
      return readWrap(reading);
    default:
      addProblem(reading.log, root('kind'), 'wrong-shape', `must be one of ${OPERATION_KINDS.join(', ')}`);
      return undefined;
  }
}

function root(key: string): Path {
  return { within: undefined, key };
}

function readId(value: unknown, path: Path, log: ProblemLog): string | undefined {
  if (isId(value)) return value;
  addProblem(log, path, 'invalid-id', ID_RULE);
  return undefined;
}

function readSlot(value: unknown, path: Path, log: ProblemLog): string | undefined {
  if (value === undefined || isTypeName(value)) return value;
  addProblem(log, path, 'invalid-slot', TYPE_RULE);
  return undefined;
}

function readObject(
  value: unknown,
  keys: readonly string[],
  path: Path,
  log: ProblemLog,
): PlainObject | undefined {
  if (isPlainObject(value)) {
    checkKeys(value, keys, path, log);
    return value;
  }
  addProblem(log, path, 'wrong-shape', 'must be an object');
  return undefined;
}

function readList(value: unknown, path: Path, { log, limits }: Reading): readonly unknown[] | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    addProblem(log, path, 'wrong-shape', 'must be an array with something in it');
    return undefined;
  }
  if (value.length <= limits.widgets) return value;
  addProblem(log, path, 'too-many', `there are more than ${limits.widgets} widgets`);
  return undefined;
}

function readPlace(key: 'at' | 'to', { value, log }: Reading): Place | undefined {
  const path = root(key);
  const place = readObject(value[key], ['parent', 'slot', 'before'], path, log);
  if (place === undefined) return undefined;
  const parent = readId(place.parent, { within: path, key: 'parent' }, log);
  const slot = readSlot(place.slot, { within: path, key: 'slot' }, log);
  const before =
    place.before === undefined ? undefined : readId(place.before, { within: path, key: 'before' }, log);
  return parent === undefined ? undefined : { parent, slot, before };
}

function readSet({ value, log, limits }: Reading): Operation | undefined {
  checkKeys(value, ['kind', 'id', 'fields', 'unset'], undefined, log);
  const id = readId(value.id, root('id'), log);
  const fields: JsonObject | undefined =
    value.fields === undefined ? {} : readFields(value.fields, root('fields'), log, limits);
  const unset: string[] = [];
  const names: unknown = value.unset ?? [];
  if (!Array.isArray(names)) addProblem(log, root('unset'), 'wrong-shape', 'must be an array of names');
  else {
    for (const [key, name] of names.entries()) {
      const path = { within: root('unset'), key };
      if (typeof name !== 'string') addProblem(log, path, 'wrong-shape', 'must be the name of a field');
      else if (FORBIDDEN_NAMES.has(name))
        addProblem(log, path, 'forbidden-key', `"${name}" may not name a field`);
      else if (fields !== undefined && Object.hasOwn(fields, name)) {
        addProblem(log, path, 'wrong-shape', `the field ${JSON.stringify(name)} is given a value as well`);
      } else unset.push(name);
    }
  }
  return id === undefined ? undefined : fields && { kind: 'set', id, fields, unset };
}

function readDuplicate(reading: Reading): Duplicate | undefined {
  const { value, log } = reading;
  checkKeys(value, ['kind', 'id', 'at', 'ids'], undefined, log);
  const id = readId(value.id, root('id'), log);
  const at = readPlace('at', reading);
  const ids: (readonly [string, string])[] = [];
  for (const [key, pair] of readList(value.ids, root('ids'), reading)?.entries() ?? []) {
    const [original, copy]: unknown[] = Array.isArray(pair) && pair.length === 2 ? pair : [];
    if (isId(original) && isId(copy)) ids.push([original, copy]);
    else
      addProblem(
        log,
        { within: root('ids'), key },
        'invalid-id',
        'must be two ids: of a widget and of its copy',
      );
  }
  return id === undefined ? undefined : at && { kind: 'duplicate', id, at, ids };
}

function readWrap(reading: Reading): Operation | undefined {
  const { value, log, limits } = reading;
  checkKeys(value, ['kind', 'widget', 'children'], undefined, log);
  const widget = readHead(value.widget, log, limits);
  const children: WrappedChild[] = [];
  for (const [key, raw] of readList(value.children, root('children'), reading)?.entries() ?? []) {
    const path = { within: root('children'), key };
    const child = readObject(raw, ['id', 'slot'], path, log);
    if (child === undefined) continue;
    const id = readId(child.id, { within: path, key: 'id' }, log);
    const slot = readSlot(child.slot, { within: path, key: 'slot' }, log);
    if (id !== undefined) children.push({ id, slot });
  }
  return widget && { kind: 'wrap', widget, children };
}

/** A wrapper is read as a widget that may not hold anything yet. */
function readHead(value: unknown, log: ProblemLog, limits: TreeLimits): WidgetHead | undefined {
  const head = readObject(value, ['id', 'type', 'fields'], root('widget'), log);
  const widget = head && readWidget(head, root('widget'), log, limits);
  return widget && { id: widget.id, type: widget.type, fields: widget.fields };
}
