import { WidgyError } from '../../errors.ts';
import { NO_LIMITS } from '../../tree/limits.ts';
import { formatOperation, type Operation } from '../../tree/operation.ts';
import { parseTree } from '../../tree/parse.ts';
import { parseOperation } from '../../tree/parse-operation.ts';
import type { Parsed } from '../../tree/problems.ts';
import type { Tree } from '../../tree/tree.ts';

/**
 * The tree that is kept under a hash.
 *
 * @throws WidgyError `stored-invalid` where the text is no tree
 */
export function parseStoredTree(content: string, hash: string): Tree {
  return parsedValue(parseTree(parseJson(content, `the tree ${hash}`), NO_LIMITS), `the tree ${hash}`);
}

/** The JSON list of some operations. */
export function formatOperations(operations: readonly Operation[]): string {
  return `[${operations.map(formatOperation).join(',')}]`;
}

/**
 * Operations that are kept in the log of a draft.
 *
 * @param where what it is, for the error
 * @throws WidgyError `stored-invalid`
 */
export function parseStoredOperations(text: string, where: string): readonly Operation[] {
  const list = parseJson(text, where);
  if (!Array.isArray(list)) throw invalid(where, 'it is no list');
  return list.map((item) => parsedValue(parseOperation(item, NO_LIMITS), where));
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(where, 'it is no JSON', cause);
  }
}

function parsedValue<T>(parsed: Parsed<T>, where: string): T {
  if (parsed.ok) return parsed.value;
  const [problem] = parsed.problems;
  throw invalid(where, `${problem?.message} (at "${problem?.path}")`);
}

function invalid(where: string, what: string, cause?: unknown): WidgyError {
  return new WidgyError('stored-invalid', { message: `${where} cannot be read: ${what}`, cause });
}
