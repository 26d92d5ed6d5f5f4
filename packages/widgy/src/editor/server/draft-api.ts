import { NO_LIMITS } from '../../tree/limits.ts';
import { formatOperation, type Operation } from '../../tree/operation.ts';
import { parseTree } from '../../tree/parse.ts';
import { parseOperation } from '../../tree/parse-operation.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import type { Tree } from '../../tree/tree.ts';
import type { HeardChange } from '../draft/index.ts';
import type { Answer } from './answer.ts';
import { ask } from './request.ts';

/** A change as the server did it. */
export interface DoneChange {
  /** The number of the draft after it; the one before where nothing was left to do. */
  readonly sequence: number;
  readonly operations: readonly Operation[];
}

/** Somebody who has the document open, as the server tells it. */
export interface ToldPerson {
  readonly client: string;
  /** Null where nobody is known. */
  readonly name: string | null;
  readonly widget: string | null;
}

/** What the server does to the draft of one document. Requests with a key can be sent again, and are done once. */
export interface DraftApi {
  readonly change: (asked: {
    readonly key: string;
    readonly after: number;
    readonly operations: readonly Operation[];
    /** Whether it gets through though the page is left. */
    readonly isLast?: boolean;
  }) => Promise<Answer<DoneChange>>;
  readonly undo: (asked: { readonly key: string; readonly change: number }) => Promise<Answer<DoneChange>>;
  /** The next changes after a number, and the number that the draft is at. */
  readonly changesAfter: (
    sequence: number,
  ) => Promise<Answer<{ readonly sequence: number; readonly changes: readonly HeardChange[] }>>;
  /** The draft as it is now, and the number that it is at. */
  readonly draft: () => Promise<Answer<{ readonly sequence: number; readonly tree: Tree }>>;
  /** Says which widget this tab is at. */
  readonly present: (client: string, widget: string | null) => Promise<Answer<null>>;
  /** Says that this tab is not there any more. It gets through though the page is left. */
  readonly leave: (client: string) => Promise<Answer<null>>;
}

/** The draft of a document behind the JSON API at an address. */
export function draftApi(api: string, document: string): DraftApi {
  const url = `${api}/documents/${encodeURIComponent(document)}`;
  return {
    change: ({ key, after, operations, isLast = false }) => {
      // The server reads the canonical form, which leaves out what is undefined.
      const list: readonly unknown[] = operations.map((operation) => JSON.parse(formatOperation(operation)));
      const body = { after, operations: list };
      return ask({ method: 'POST', url: `${url}/changes`, key, isLast, body }, readDone);
    },
    undo: ({ key, change }) => ask({ method: 'POST', url: `${url}/undo`, key, body: { change } }, readDone),
    changesAfter: (sequence) => ask({ method: 'GET', url: `${url}/changes?after=${sequence}` }, readChanges),
    draft: () => ask({ method: 'GET', url: `${url}/versions/draft/tree` }, readDraft),
    present: (client, widget) =>
      ask({ method: 'PUT', url: `${url}/presence/${client}`, body: { widget } }, () => null),
    leave: (client) => ask({ method: 'DELETE', url: `${url}/presence/${client}`, isLast: true }, () => null),
  };
}

function readDone({ sequence, operations }: PlainObject): DoneChange | undefined {
  const read = readOperations(operations);
  return typeof sequence === 'number' && read !== undefined ? { sequence, operations: read } : undefined;
}

function readChanges({ sequence, changes }: PlainObject) {
  if (typeof sequence !== 'number' || !Array.isArray(changes)) return undefined;
  const read = changes.map(readHeard);
  return read.every((change) => change !== undefined) ? { sequence, changes: read } : undefined;
}

function readDraft(json: PlainObject, headers: Headers) {
  const sequence = Number.parseInt(headers.get('widgy-sequence') ?? '', 10);
  // How large it may be was decided by the server.
  const tree = parseTree(json, NO_LIMITS);
  return Number.isNaN(sequence) || !tree.ok ? undefined : { sequence, tree: tree.value };
}

/** Reads a change that the server tells; undefined if it is none. */
export function readHeard(value: unknown): HeardChange | undefined {
  if (!isPlainObject(value)) return undefined;
  const { sequence, kind, undoes, author } = value;
  const operations = readOperations(value.operations);
  if (typeof sequence !== 'number' || typeof kind !== 'string' || operations === undefined) return undefined;
  return {
    ...{ sequence, kind, operations },
    undoes: typeof undoes === 'number' ? undoes : null,
    author: typeof author === 'string' ? author : null,
  };
}

/** Reads those present; what is none of them is left out. */
export function readPeople(value: unknown): readonly ToldPerson[] {
  if (!isPlainObject(value) || !Array.isArray(value.people)) return [];
  return value.people
    .filter(isPlainObject)
    .flatMap(({ client, name, widget }) =>
      typeof client === 'string' ? [{ client, name: textOrNull(name), widget: textOrNull(widget) }] : [],
    );
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readOperations(value: unknown): readonly Operation[] | undefined {
  if (!Array.isArray(value)) return undefined;
  // How large they may be was decided by the server.
  const read = value.map((each) => parseOperation(each, NO_LIMITS));
  return read.every((each) => each.ok) ? read.map(({ value: operation }) => operation) : undefined;
}
