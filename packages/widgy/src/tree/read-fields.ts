import {
  canonicalJson,
  FORBIDDEN_NAMES,
  freezeJson,
  type JsonObject,
  type JsonValue,
  utf8Length,
} from './json.ts';
import type { TreeLimits } from './limits.ts';
import { addProblem, isHopeless, isPlainObject, type Path, type ProblemLog } from './problems.ts';

/**
 * Reads the fields of a widget: a frozen copy, or undefined with the problems noted. The copy shares nothing with what was given,
 * so that whoever gave it cannot change a tree through it.
 */
export function readFields(
  value: unknown,
  path: Path | undefined,
  log: ProblemLog,
  limits: TreeLimits,
): JsonObject | undefined {
  if (!isPlainObject(value)) {
    addProblem(log, path, 'wrong-shape', 'fields must be an object');
    return undefined;
  }
  const fields: Record<string, JsonValue> = {};
  for (const [name, raw] of Object.entries(value)) {
    const at = { within: path, key: name };
    if (FORBIDDEN_NAMES.has(name)) addProblem(log, at, 'forbidden-key', `"${name}" may not name a field`);
    else {
      const field = readField(raw, at, log, limits);
      if (field !== undefined) fields[name] = field;
    }
    if (isHopeless(log)) return undefined;
  }
  return Object.freeze(fields);
}

/** A value still to be copied, and what it is to be kept with. */
interface Rest {
  readonly value: unknown;
  readonly path: Path;
  readonly depth: number;
  readonly keep: (copy: JsonValue) => void;
}

/** Reads one value; undefined if it cannot be kept, with the first reason noted. */
function readField(value: unknown, path: Path, log: ProblemLog, limits: TreeLimits): JsonValue | undefined {
  let result: JsonValue | undefined;
  // Bounds of the bytes that the canonical text has: cheaper than writing it for every small field.
  let atLeast = 0;
  let atMost = 0;
  const rest: Rest[] = [
    {
      value,
      path,
      depth: 0,
      keep: (copy) => {
        result = copy;
      },
    },
  ];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { value: raw, path: at, depth, keep } = next;
    atLeast += 1;
    atMost += 26;
    if (typeof raw === 'string') {
      atLeast += raw.length;
      atMost += raw.length * BYTES_OF_ESCAPE;
      keep(raw);
    } else if (raw === null || typeof raw === 'boolean') keep(raw);
    else if (typeof raw === 'number' && Number.isFinite(raw)) keep(raw === 0 ? 0 : raw);
    else if (Array.isArray(raw) || isPlainObject(raw)) {
      if (depth === limits.fieldDepth) {
        const message = `more than ${limits.fieldDepth} arrays and objects inside one another`;
        addProblem(log, path, 'field-too-deep', message);
        return undefined;
      }
      const bytes = Array.isArray(raw) ? copyArray(raw, next, rest) : copyObject(raw, next, rest, log);
      if (bytes === undefined) return undefined;
      atLeast += bytes;
      atMost += bytes * BYTES_OF_ESCAPE;
    } else {
      addProblem(
        log,
        at,
        'not-json',
        `JSON cannot hold ${typeof raw === 'number' ? raw : `a ${typeof raw}`}`,
      );
      return undefined;
    }
    if (atLeast > limits.fieldBytes) break;
  }
  const isTooLarge =
    atLeast > limits.fieldBytes ||
    (atMost > limits.fieldBytes &&
      result !== undefined &&
      utf8Length(canonicalJson(result)) > limits.fieldBytes);
  if (isTooLarge) {
    addProblem(log, path, 'field-too-large', `the field has more than ${limits.fieldBytes} bytes`);
    return undefined;
  }
  return result === undefined ? undefined : freezeJson(result);
}

/** A UTF-16 unit in JSON is at most `\uffff`. */
const BYTES_OF_ESCAPE = 6;

function copyArray(raw: readonly unknown[], { path, depth, keep }: Rest, rest: Rest[]): number {
  const copy: JsonValue[] = [];
  keep(copy);
  for (let key = raw.length - 1; key >= 0; key--) {
    rest.push({
      value: raw[key],
      path: { within: path, key },
      depth: depth + 1,
      keep: (item) => {
        copy[key] = item;
      },
    });
  }
  return 1;
}

function copyObject(
  raw: Readonly<Record<string, unknown>>,
  { path, depth, keep }: Rest,
  rest: Rest[],
  log: ProblemLog,
): number | undefined {
  const copy: Record<string, JsonValue> = {};
  keep(copy);
  let bytes = 1;
  for (const [key, value] of Object.entries(raw)) {
    const at = { within: path, key };
    if (FORBIDDEN_NAMES.has(key)) {
      addProblem(log, at, 'forbidden-key', `"${key}" may not be a key`);
      return undefined;
    }
    bytes += key.length + 3;
    rest.push({
      value,
      path: at,
      depth: depth + 1,
      keep: (item) => {
        copy[key] = item;
      },
    });
  }
  return bytes;
}
