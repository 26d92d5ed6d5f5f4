import assert from 'node:assert/strict';
import { z } from 'zod';
import { openMigrated } from '../testing/test-databases.ts';
import type { Operation } from '../tree/operation.ts';
import { parseOperation } from '../tree/parse-operation.ts';
import { counter } from '../tree/random-fixture.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import type { FieldKinds } from '../widgets/fields/kind.ts';
import { defineSite } from '../widgets/site.ts';
import { type Author, trustedAuthor } from './author.ts';
import { createDocument } from './create-document.ts';
import type { RefusedDocument } from './refusal.ts';
import { type DocumentOptions, type DocumentStore, openDocuments } from './store.ts';

const anything = z.unknown().default(null).meta({ kind: 'json' });

const kinds: FieldKinds = { json: { shape: 'own', read: (text) => JSON.parse(text), write: JSON.stringify } };

/** A site in which the widgets of `tree/random-fixture.ts` may stand anywhere. */
export const looseSite = defineSite({
  folder: import.meta.dirname,
  kinds,
  widgets: ['page', 'box', 'text', 'image'].map((type) =>
    defineWidget({
      type,
      label: type,
      isRootChoice: type === 'page',
      children: { accept: ['*'], slots: ['left', 'right'].map((name) => ({ name, accept: ['*'] })) },
      fields: z.object({ a: anything, b: anything }),
      files: [],
    }),
  ),
});

const section = defineWidget({
  type: 'section',
  label: 'Section',
  children: { accept: ['note'] },
  fields: z.object({ title: z.string().max(20).default('') }),
  files: [],
});

const note = defineWidget({
  type: 'note',
  label: 'Note',
  fields: z.object({
    text: z.string().default('').meta({ kind: 'rich-text' }),
    stars: z.int().max(5).default(3),
    to: z.string().default('').meta({ kind: 'link' }),
  }),
  files: [],
});

const page = (accept: readonly string[]) =>
  defineWidget({ type: 'page', label: 'Page', isRootChoice: true, children: { accept, max: 3 }, files: [] });

const gone = defineWidget({
  type: 'gone',
  label: 'Gone',
  fields: z.object({ any: z.array(z.int()).default([]).meta({ kind: 'json' }) }),
  files: [],
});

const folder = import.meta.dirname;

/** A site with rules: pages of at most three sections of notes, with a link field and a field that is sanitised. */
export const strictSite = defineSite({ folder, widgets: [page(['section']), section, note] });

/** The same as it was before the code lost the type `gone`. */
export const olderSite = defineSite({
  folder,
  kinds,
  widgets: [page(['section', 'gone']), section, note, gone],
});

/** Somebody who may do everything. */
export const ann: Author = trustedAuthor('ann');

/** Opens documents in a database that is new; ids are counted, and time stands still until it is set. */
export async function openStore(
  url: string,
  options: Partial<Omit<DocumentOptions, 'database'>> = {},
): Promise<DocumentStore> {
  const database = await openMigrated(url);
  return openDocuments({
    database,
    site: strictSite,
    newId: counter('id'),
    now: () => 1000,
    onProblem: (problem) => assert.fail(String(problem)),
    ...options,
  });
}

/** An operation written as its JSON. */
export function operation(json: unknown): Operation {
  const parsed = parseOperation(json);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

/** Makes a document from a tree; returns its id. */
export async function createFrom(store: DocumentStore, tree: unknown, id?: string): Promise<string> {
  const created = await createDocument(store, { ...(id === undefined ? {} : { id }), start: { tree } }, ann);
  return accepted(created).document;
}

/** An answer that is none of a refusal. */
export function accepted<T extends { readonly ok: true }>(answer: T | RefusedDocument): T {
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

/** The code of a refusal. */
export function codeOf(answer: { readonly ok: true } | RefusedDocument): string {
  assert.ok(!answer.ok, 'it was not refused');
  return answer.refusal.code;
}
