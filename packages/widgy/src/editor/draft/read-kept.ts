import { NO_LIMITS } from '../../tree/limits.ts';
import type { Operation } from '../../tree/operation.ts';
import { parseOperation } from '../../tree/parse-operation.ts';
import { isPlainObject } from '../../tree/problems.ts';
import type { LocalConflict } from './conflict.ts';
import type { LocalChange } from './local-change.ts';
import { isWay, readLabel } from './read-label.ts';
import { isCount, parsedJson, readAll } from './read-plain.ts';
import { readReason } from './read-reason.ts';

/** Reads an operation from its canonical JSON. */
export function readOperation(text: unknown): Operation | undefined {
  const parsed = typeof text === 'string' ? parseOperation(parsedJson(text), NO_LIMITS) : undefined;
  return parsed?.ok ? parsed.value : undefined;
}

/** Reads a change that waits, or waited. */
export function readChange(value: unknown): LocalChange | undefined {
  if (!isPlainObject(value)) return undefined;
  const { kind, key, step, undoes, way } = value;
  if (typeof key !== 'string' || !isCount(step)) return undefined;
  if (kind === 'undo') {
    const label = readLabel(value.label);
    const isWhole = isCount(undoes) && label !== undefined && isWay(way);
    return isWhole ? { kind, key, step, label, way, undoes } : undefined;
  }
  const operations = readAll(value.operations, readOperation);
  return kind === 'edit' && operations !== undefined ? { kind, key, step, operations } : undefined;
}

/** Reads what could not be done. */
export function readConflict(value: unknown): LocalConflict | undefined {
  if (!isPlainObject(value) || typeof value.key !== 'string') return undefined;
  const { key } = value;
  const changes = readAll(value.changes, readChange);
  const reason = readReason(value.reason);
  return changes?.[0]?.key === key && reason !== undefined ? { key, changes, reason } : undefined;
}
