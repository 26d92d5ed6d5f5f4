import { NO_LIMITS } from '../../tree/limits.ts';
import { parseOperation } from '../../tree/parse-operation.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { CONFLICT_CODES } from '../../tree/rebase.ts';
import { type ConflictReason, reasonOfConflict } from './conflict-reason.ts';
import { readAll, readText } from './read-plain.ts';
import { readFieldError, readFieldValues, readRefusal } from './read-reason.ts';

/** A refusal of the API: its code, its sentence, and what belongs to the code. */
export interface ToldProblem {
  readonly code: string;
  readonly detail: string;
  readonly details: PlainObject;
}

/** The reason of the conflict that comes of a refusal of the API. What is not as it should be is told by its code and its sentence. */
export function reasonOfProblem({ code, detail, details }: ToldProblem): ConflictReason {
  const other = { kind: 'other', code, what: detail } as const;
  switch (code) {
    case 'conflict':
      return readConflicting(details.conflict) ?? other;
    case 'operation-refused': {
      const refusal = readRefusal(details.refusal);
      return refusal === undefined ? other : { kind: 'refused', refusal };
    }
    case 'fields-invalid': {
      const errors = readAll(details.errors, readFieldError);
      const { widget } = details;
      return typeof widget === 'string' && errors ? { kind: 'invalid', widget, errors } : other;
    }
    default:
      return other;
  }
}

function readConflicting(value: unknown): ConflictReason | undefined {
  if (!isPlainObject(value)) return undefined;
  const code = CONFLICT_CODES.find((known) => known === value.code);
  const ids = readAll(value.ids, readText);
  const operation = parseOperation(value.operation, NO_LIMITS);
  const over = parseOperation(value.over, NO_LIMITS);
  const fields = readAll(value.fields, readFieldValues);
  if (code === undefined || ids === undefined || fields === undefined || !operation.ok || !over.ok)
    return undefined;
  return reasonOfConflict({ code, ids, operation: operation.value, over: over.value, fields }, null);
}
