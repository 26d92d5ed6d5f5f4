import { hash } from 'node:crypto';
import type { DocumentStore } from '../documents/store.ts';
import type { Operation } from '../tree/operation.ts';
import { parseOperation } from '../tree/parse-operation.ts';
import { isPlainObject, type PlainObject } from '../tree/problems.ts';
import { newWidget } from '../tree/rules/new-widget.ts';
import { createWidget, type IdMaker } from '../tree/widget.ts';
import { bodyProblems, type InputProblem, refuseInput } from './input.ts';
import type { RefusedCall } from './problem.ts';

/** What reading operations needs to know. */
export interface AskedOptions {
  readonly documents: DocumentStore;
  readonly document: string;
  /** The key of the request. */
  readonly key: string | undefined;
}

/**
 * Reads the operations of a request. One of the kind `add` becomes the `insert` of a new widget with its defaults, whose ids are made
 * here: where the request has a key, the same ones whenever it is sent, so that it is the same request.
 */
export function readOperations(
  asked: readonly unknown[],
  { documents, document, key }: AskedOptions,
): { readonly ok: true; readonly operations: readonly Operation[] } | RefusedCall {
  const operations: Operation[] = [];
  const problems: InputProblem[] = [];
  for (const [index, value] of asked.entries()) {
    const newId = key === undefined ? documents.newId : repeatableIds([document, key, index]);
    const isAdd = isPlainObject(value) && value.kind === 'add';
    const parsed = isAdd ? readAdd(value, documents, newId) : parseOperation(value, documents.limits);
    if (parsed.ok) operations.push(parsed.value);
    else problems.push(...bodyProblems(`/operations/${index}`, parsed.problems));
  }
  return problems.length > 0 ? refuseInput(problems) : { ok: true, operations };
}

/** It is read as the insert of one bare widget, which the defaults then come to. A type that there is not is left to the rules. */
function readAdd(
  { kind: _, type, widget: unknown, ...rest }: PlainObject,
  { site, limits }: DocumentStore,
  newId: IdMaker,
): ReturnType<typeof parseOperation> {
  const bare = { id: newId(), type };
  const parsed = parseOperation({ ...rest, kind: 'insert', widget: bare }, limits);
  const problems = parsed.ok
    ? []
    : parsed.problems.map((problem) => ({
        ...problem,
        path: problem.path === '/widget/type' ? '/type' : problem.path,
      }));
  if (unknown !== undefined) {
    const message = 'a widget that is added is made by the server';
    return { ok: false, problems: [{ code: 'unknown-key', path: '/widget', message }, ...problems] };
  }
  if (!parsed.ok) return { ok: false, problems };
  if (parsed.value.kind !== 'insert') return parsed;
  const widget =
    newWidget(site.catalogue, parsed.value.widget.type, newId) ?? createWidget(parsed.value.widget);
  return { ok: true, value: { ...parsed.value, widget } };
}

/** Ids that are the same whenever they are made of the same, and otherwise as good as any. */
function repeatableIds(of: readonly (string | number)[]): IdMaker {
  let count = 0;
  return () => hash('sha256', JSON.stringify([...of, count++]), 'hex').slice(0, 32);
}
