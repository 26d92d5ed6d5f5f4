import assert from 'node:assert/strict';
import type { RecentChange } from '../../documents/drafts/draft.ts';
import { withoutUndone } from '../../documents/drafts/without-undone.ts';
import { applyOperation } from '../../tree/apply.ts';
import { invertOperation } from '../../tree/invert.ts';
import type { JsonObject } from '../../tree/json.ts';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import { formatOperation, type Operation } from '../../tree/operation.ts';
import { type RebasedChange, rebaseChange } from '../../tree/rebase-change.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { type CheckedOperation, checkOperation } from '../../tree/rules/check-operation.ts';
import type { Tree } from '../../tree/tree.ts';
import { createWidget, fold, type Widget } from '../../tree/widget.ts';
import { type ConflictReason, reasonOfFailure } from './conflict-reason.ts';
import type { Acknowledgement } from './local-change.ts';

/** A change in the log, with what undoes it. */
export interface LoggedChange extends RecentChange {
  readonly key: string | null;
}

/** What the server says to a request. */
export type ServerAnswer =
  | ({ readonly ok: true } & Acknowledgement)
  | { readonly ok: false; readonly key: string; readonly reason: ConflictReason };

/** What a tab asks of the server, in the words in which it may ask again. */
export type ServerRequest = { readonly key: string; readonly author: string } & (
  | { readonly kind: 'edit'; readonly after: number; readonly operations: readonly Operation[] }
  | { readonly kind: 'undo'; readonly undoes: number }
);

/** The server with one draft, in memory: what `documents/drafts` does to a draft, without the database and permissions. */
export class ServerModel {
  tree: Tree;
  readonly log: LoggedChange[] = [];
  readonly #catalogue: Catalogue;
  readonly #requests = new Map<string, string>();

  constructor(tree: Tree, catalogue: Catalogue) {
    this.tree = tree;
    this.#catalogue = catalogue;
  }

  /** Does what is asked; what was done under the key before is answered again. */
  answer(request: ServerRequest): ServerAnswer {
    const { key } = request;
    const words =
      request.kind === 'edit'
        ? `${request.after} ${request.operations.map(formatOperation).join()}`
        : `undo ${request.undoes}`;
    const earlier = this.log.find((change) => change.key === key);
    if (earlier !== undefined) {
      assert.equal(words, this.#requests.get(key), 'a key is used for one request');
      return { ok: true, key, sequence: earlier.sequence, operations: earlier.operations };
    }
    const answer = request.kind === 'edit' ? this.#edit(request) : this.#undo(request);
    if (answer.ok && answer.operations.length > 0) this.#requests.set(key, words);
    return answer;
  }

  #edit(request: ServerRequest & { kind: 'edit' }): ServerAnswer {
    const rebased = rebaseChange(request.operations, this.log.slice(request.after), this.tree);
    return this.#take(request, rebased, (tree, operation) =>
      checkOperation(tree, operation, this.#catalogue, DEFAULT_LIMITS),
    );
  }

  #undo(request: ServerRequest & { kind: 'undo' }): ServerAnswer {
    const change = this.log[request.undoes - 1];
    assert.ok(change, 'there is a change to undo');
    const later = withoutUndone(this.log.slice(request.undoes), this.tree);
    const rebased = rebaseChange(change.inverses, later, this.tree);
    return this.#take(request, rebased, applyOperation);
  }

  #take(
    request: ServerRequest,
    rebased: RebasedChange,
    check: (tree: Tree, operation: Operation) => CheckedOperation,
  ): ServerAnswer {
    const { key, author, kind } = request;
    if (rebased.outcome !== 'applies') return { ok: false, key, reason: reasonOfFailure(rebased, null) };
    const operations: Operation[] = [];
    const inverses: Operation[] = [];
    const before = this.tree;
    let tree = before;
    for (const asked of rebased.operations) {
      const operation = kind === 'edit' ? sanitised(asked) : asked;
      const checked = check(tree, operation);
      if (!checked.ok) return { ok: false, key, reason: { kind: 'refused', refusal: checked.refusal } };
      if (checked.tree === tree) continue;
      const inverse = invertOperation(tree, operation);
      assert.ok(inverse.ok);
      operations.push(operation);
      inverses.unshift(inverse.operation);
      tree = checked.tree;
    }
    if (operations.length === 0) return { ok: true, key, sequence: this.log.length, operations };
    const sequence = this.log.length + 1;
    const undoes = request.kind === 'undo' ? request.undoes : null;
    this.log.push({ sequence, operations, inverses, before, author, kind, undoes, key, at: 0, size: 0 });
    this.tree = tree;
    return { ok: true, key, sequence, operations };
  }
}

/** What stands for sanitising: 0 is not kept, and nothing is instead of it. */
function sanitised(operation: Operation): Operation {
  switch (operation.kind) {
    case 'set':
      return { ...operation, fields: clean(operation.fields) };
    case 'insert':
      return {
        ...operation,
        widget: fold<Widget>(operation.widget, ({ id, type, slot, fields }, children) =>
          createWidget({ id, type, slot, fields: clean(fields), children }),
        ),
      };
    case 'wrap':
      return { ...operation, widget: { ...operation.widget, fields: clean(operation.widget.fields) } };
    default:
      return operation;
  }
}

function clean(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === 0 ? null : value]),
  );
}
