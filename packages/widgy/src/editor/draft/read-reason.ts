import type { FieldConflict } from '../../tree/field-changes.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { CONFLICT_CODES } from '../../tree/rebase.ts';
import { REFUSAL_CODES } from '../../tree/refusal.ts';
import { type Named, RULE_CODES, type Wrapper } from '../../tree/rules/violation.ts';
import type { ConflictReason, FieldClash, Theirs, ToldFieldError, ToldRefusal } from './conflict-reason.ts';
import { isWay, readLabel } from './read-label.ts';
import { isCount, readAll, readJsonObject, readText } from './read-plain.ts';

/** Reads the reason of a conflict; undefined where it is not as it should be. */
export function readReason(value: unknown): ConflictReason | undefined {
  if (!isPlainObject(value)) return undefined;
  const { kind, widget, changed, side, what } = value;
  const theirs = readTheirs(value.theirs);
  switch (kind) {
    case 'fields': {
      const fields = readAll(value.fields, readClash);
      return fields && theirs !== undefined ? { kind, fields, theirs } : undefined;
    }
    case 'removed': {
      const isWhole = typeof widget === 'string' && typeof changed === 'string' && theirs !== undefined;
      return isWhole && (side === 'mine' || side === 'theirs')
        ? { kind, widget, side, changed, theirs }
        : undefined;
    }
    case 'places': {
      const code = CONFLICT_CODES.find((known) => known === value.code);
      const widgets = readAll(value.widgets, readText);
      const isOfPlaces = code !== undefined && code !== 'fields' && code !== 'removed';
      return isOfPlaces && widgets && theirs !== undefined ? { kind, code, widgets, theirs } : undefined;
    }
    case 'refused': {
      const refusal = readRefusal(value.refusal);
      return refusal && { kind, refusal };
    }
    case 'invalid': {
      const errors = readAll(value.errors, readFieldError);
      return typeof widget === 'string' && errors ? { kind, widget, errors } : undefined;
    }
    case 'worked-on': {
      const step = readLabel(value.step);
      return step !== undefined && isWay(value.way) ? { kind, way: value.way, step } : undefined;
    }
    case 'uncertain':
      return { kind };
    case 'other':
      return typeof value.code === 'string' && typeof what === 'string'
        ? { kind, code: value.code, what }
        : undefined;
    default:
      return undefined;
  }
}

/** Null is nobody, undefined is nothing that can be read. */
function readTheirs(value: unknown): Theirs | null | undefined {
  if (value === null) return null;
  if (!isPlainObject(value)) return undefined;
  const { sequence, author } = value;
  const isAuthor = author === null || typeof author === 'string';
  return isCount(sequence) && isAuthor ? { sequence, author } : undefined;
}

function readClash(value: unknown): FieldClash | undefined {
  if (!isPlainObject(value)) return undefined;
  const { widget, name, ...values } = value;
  const read = readJsonObject(values);
  if (typeof widget !== 'string' || typeof name !== 'string' || read === undefined) return undefined;
  return { widget, name, before: read.before, mine: read.mine, theirs: read.theirs };
}

/** Reads the values of a field that are in conflict as the API has them. */
export function readFieldValues(value: unknown): FieldConflict | undefined {
  if (!isPlainObject(value) || typeof value.name !== 'string') return undefined;
  const { name, ...values } = value;
  const read = readJsonObject(values);
  return read && { name, base: read.base, mine: read.mine, theirs: read.theirs };
}

/** Reads a refusal as the API and the device have it. */
export function readRefusal(value: unknown): ToldRefusal | undefined {
  if (!isPlainObject(value)) return undefined;
  const code = [...REFUSAL_CODES, ...RULE_CODES].find((known) => known === value.code);
  const ids = readAll(value.ids, readText);
  if (code === undefined || typeof value.what !== 'string' || ids === undefined) return undefined;
  const { what } = value;
  return {
    ...{ code, what, ids },
    parent: readNamed(value.parent),
    child: readNamed(value.child),
    wrapper: readWrapper(value.wrapper),
  };
}

function readNamed(value: unknown): Named | undefined {
  if (!isPlainObject(value)) return undefined;
  const { type, label } = value;
  const isWhole = typeof type === 'string' && typeof label === 'string';
  return isWhole ? { id: readText(value.id), type, label } : undefined;
}

function readWrapper(value: unknown): Wrapper | undefined {
  const named = readNamed(value);
  const slot = isPlainObject(value) ? readText(value.slot) : undefined;
  return named && { type: named.type, label: named.label, slot };
}

/** Reads what is wrong with a field as the API and the device have it. */
export function readFieldError(value: unknown): ToldFieldError | undefined {
  const { code, path, message }: PlainObject = isPlainObject(value) ? value : {};
  const isWhole = typeof code === 'string' && typeof path === 'string' && typeof message === 'string';
  return isWhole ? { code, path, message } : undefined;
}
