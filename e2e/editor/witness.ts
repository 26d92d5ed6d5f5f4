import assert from 'node:assert/strict';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { type Operation, parseOperation } from 'widgy/tree';
import { type KeptDraft, parseKept } from '../../packages/widgy/src/editor/draft/index.ts';
import { until } from './until.ts';

/** Where changes are sent. */
export const CHANGES = /\/api\/widgy\/documents\/[^/]+\/(?:changes|undo)$/;

/** A change that a page sent, each time that it did. */
export interface SentChange {
  readonly key: string;
  readonly kind: 'edit' | 'undo';
  /** Empty for an undo. */
  readonly operations: readonly Operation[];
}

/** What the server said about a change, as it got to the page whole. */
export interface GotAnswer extends SentChange {
  readonly status: number;
  /** What was done, where it was; empty where nothing was left to do. */
  readonly done: { readonly sequence: number; readonly operations: readonly Operation[] } | undefined;
}

/** What was seen of one page from outside: nothing that it says about itself is needed to know what it was promised. */
export interface Witness {
  readonly sent: readonly SentChange[];
  readonly answers: readonly GotAnswer[];
  /** All that the page kept of its draft on its device, one after the other. */
  readonly kept: readonly KeptDraft[];
  /** All that a screen reader was told. */
  readonly said: readonly string[];
  /** What it kept last. */
  readonly last: () => KeptDraft;
  /** Waits until it keeps something like this. */
  readonly keeps: (is: (kept: KeptDraft) => boolean) => Promise<KeptDraft>;
  /** Waits until every answer was read. */
  readonly settled: () => Promise<void>;
}

/** Looks at the one page of a context, from before it is opened. */
export async function witness(context: BrowserContext): Promise<Witness> {
  const sent: SentChange[] = [];
  const answers: GotAnswer[] = [];
  const kept: KeptDraft[] = [];
  const said: string[] = [];
  const reading: Promise<void>[] = [];
  await context.exposeFunction('witnessKept', (text: string) => {
    kept.push(parseKept(text) ?? assert.fail(`something else was kept: ${text}`));
  });
  await context.exposeFunction('witnessSaid', (text: string) => void said.push(text));
  await context.addInitScript(tellAll);
  context.on('request', (request) => {
    if (isChange(request)) sent.push(changeIn(request));
  });
  context.on('requestfinished', (request) => {
    if (!isChange(request)) return;
    const read = async () => void answers.push(await answerTo(request));
    reading.push(read());
  });
  const last = () => kept.at(-1) ?? assert.fail('nothing was kept');
  return {
    ...{ sent, answers, kept, said, last },
    async keeps(is) {
      await until(
        () => Promise.resolve(kept.at(-1)),
        (now) => now !== undefined && is(now),
      );
      return last();
    },
    async settled() {
      await Promise.all(reading);
    },
  };
}

/** Tells, in the page, what it keeps and what it says, and leaves both as they are. */
function tellAll(): void {
  const tell = (name: string, text: string) => {
    const call: unknown = Reflect.get(globalThis, name);
    if (typeof call === 'function') call(text);
  };
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    const text: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'text') : undefined;
    if (typeof text === 'string') tell('witnessKept', text);
    return put.call(this, value, key);
  };
  addEventListener('DOMContentLoaded', () => {
    let before: Element | null = null;
    new MutationObserver(() => {
      const now = document.querySelector('p.hidden-text[role="status"] > span');
      if (now === before || now === null) return;
      before = now;
      if (now.textContent !== '') tell('witnessSaid', now.textContent);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

function isChange(request: Request): boolean {
  return request.method() === 'POST' && CHANGES.test(request.url());
}

/** Waits until a page sends a change. */
export function sendsChange(page: Page): Promise<Request> {
  return page.waitForEvent('request', isChange);
}

function changeIn(request: Request): SentChange {
  const key = request.headers()['idempotency-key'] ?? assert.fail('a change without a key was sent');
  const body: unknown = request.postDataJSON();
  const kind = request.url().endsWith('/undo') ? 'undo' : 'edit';
  return { key, kind, operations: kind === 'undo' ? [] : operationsIn(body) };
}

async function answerTo(request: Request): Promise<GotAnswer> {
  const response = (await request.response()) ?? assert.fail('an answer that was got whole is none');
  const json: unknown = response.ok() ? await response.json() : undefined;
  const sequence = json === undefined ? undefined : Number(property(json, 'sequence'));
  return {
    ...changeIn(request),
    status: response.status(),
    done: sequence === undefined ? undefined : { sequence, operations: operationsIn(json) },
  };
}

function operationsIn(json: unknown): readonly Operation[] {
  const list = property(json, 'operations');
  assert.ok(Array.isArray(list), JSON.stringify(json));
  return list.map((each) => {
    const parsed = parseOperation(each);
    assert.ok(parsed.ok, JSON.stringify(each));
    return parsed.value;
  });
}

function property(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined;
}
