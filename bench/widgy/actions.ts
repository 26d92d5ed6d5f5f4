import { foldDraft } from '../../packages/widgy/src/documents/drafts/fold-draft.ts';
import {
  compareVersions,
  type DocumentStore,
  readDraft,
  readLive,
} from '../../packages/widgy/src/documents/index.ts';
import { linksIn, resolveReferences } from '../../packages/widgy/src/links/index.ts';
import { type Renderer, renderTree } from '../../packages/widgy/src/rendering/index.ts';
import {
  createWidget,
  findWidget,
  type JsonObject,
  type Operation,
  parentOf,
  placeOf,
  possibleChildren,
  type Tree,
  walk,
} from '../../packages/widgy/src/tree/index.ts';
import type { BenchDocument } from './document.ts';
import { contents } from './site.ts';
import { targets } from './trees.ts';

/** Something that is done to a document: it is timed, and its statements are counted. */
export interface Action {
  readonly name: string;
  /** Makes ready for one run. It is not measured. */
  prepare?(): unknown;
  run(): Promise<unknown>;
}

/** Names of the actions that goals are about. */
export const OPERATIONS = ['set a field', 'insert a widget', 'move a widget'] as const;
export const LINK_OPERATION = 'set a link that was another';
export const COMMIT = 'commit';
export const RENDERS = ['render, cold', 'render, cached'] as const;
export const LINKED_RENDERS = ['render with links, cold', 'render with links, cached'] as const;
export const SHELF = 'shelf';

/** All that is measured of one document. */
export function actionsOf(bench: BenchDocument, renderer: Renderer): readonly Action[] {
  return [...reading(bench), ...changing(bench), ...comparing(bench), ...showing(bench, renderer)];
}

function reading({ store, document, coldStore }: BenchDocument): readonly Action[] {
  const cold = inColdStore(coldStore);
  return [
    cold('load a draft, cold', (fresh) => mustBe(readDraft(fresh, document))),
    { name: 'load a draft, warm', run: () => mustBe(readDraft(store, document)) },
  ];
}

function changing({ store, draft, change, commit }: BenchDocument): readonly Action[] {
  const { tree } = draft();
  const { id, home, away } = moverIn(tree);
  const inserted = createWidget({ id: 'inserted', type: contents[0] ?? '', fields: { title: 'New' } });
  const [nextTitle, nextLink] = [counting(), counting()];
  const set = (fields: JsonObject) => change({ kind: 'set', id, fields, unset: [] });
  // No title comes twice: a tree that was there before would not be written again.
  const setTitle = () => set({ title: `Changed ${nextTitle()} times` });
  const setLink = () => set({ to: `widgy:document/${targets[nextLink() % targets.length]}` });
  const insert: Operation = { kind: 'insert', widget: inserted, at: home };
  let isHome = true;
  return [
    { name: 'set a field', run: setTitle },
    {
      name: 'insert a widget',
      async prepare() {
        if (findWidget(draft().tree, inserted.id) !== undefined)
          await change({ kind: 'remove', id: inserted.id });
      },
      run: () => change(insert),
    },
    {
      name: 'move a widget',
      async run() {
        await change({ kind: 'move', id, to: isHome ? { parent: away } : home });
        isHome = !isHome;
      },
    },
    // The first link takes the place of none: it is set before.
    { name: LINK_OPERATION, prepare: setLink, run: setLink },
    { name: 'keep a draft anew', prepare: setTitle, run: () => foldDraft(store, draft()) },
    { name: COMMIT, prepare: setTitle, run: commit },
  ];
}

/** A widget with links in the middle of a tree, where it stands, and a parent that it may be moved to. */
function moverIn(tree: Tree) {
  const content = [...walk(tree.root)].filter(({ type }) => contents.includes(type));
  const { id } = content[Math.floor(content.length / 2)] ?? tree.root;
  const home = placeOf(tree, id);
  const away = [...walk(tree.root)].findLast(
    (other) => other.id !== home?.parent && content.some((widget) => parentOf(tree, widget.id) === other),
  );
  if (home === undefined || away === undefined) throw new Error('The tree has no place to move a widget to.');
  return { id, home: { parent: home.parent, before: home.before }, away: away.id };
}

function comparing({ store, document, coldStore }: BenchDocument): readonly Action[] {
  const cold = inColdStore(coldStore);
  return [
    cold('compare versions, cold', (fresh) => compareVersions(fresh, document, 1, 2)),
    { name: 'compare versions, warm', run: () => compareVersions(store, document, 1, 2) },
  ];
}

/** What visitors see is kept by the path of the page: a new path is a page that nobody has asked for yet. */
function showing(bench: BenchDocument, renderer: Renderer): readonly Action[] {
  const { store, document, coldStore, draft } = bench;
  const cold = inColdStore(coldStore);
  const next = counting();
  // What the other database has rendered is no HTML of this one.
  const newPath = () => `/${store.database.kind}/${document}/${next()}/`;
  const show = async (from: DocumentStore, path: string, isWithLinks: boolean): Promise<string> => {
    const { tree } = await mustBe(readLive(from, document));
    const references = isWithLinks ? { references: await linksOf(from, tree) } : {};
    return await renderTree(renderer, tree, { variables: { path }, cacheBy: ['path'], ...references });
  };
  return [
    cold('render, cold', (fresh) => show(fresh, newPath(), false)),
    { name: 'render, cached', run: () => show(store, '/', false) },
    cold('render with links, cold', (fresh) => show(fresh, newPath(), true)),
    { name: 'render with links, cached', run: () => show(store, '/', true) },
    { name: SHELF, run: async () => possibleChildren(draft().tree, store.site.catalogue) },
  ];
}

/** What the links of a tree lead to. */
export function linksOf({ database, linkables, site }: DocumentStore, tree: Tree) {
  const references = linksIn(tree.root, site).map(({ target }) => target);
  return resolveReferences(database.kysely, linkables, references);
}

/** Makes an action of a process that has just started: it knows no draft and no tree. */
function inColdStore(coldStore: () => DocumentStore) {
  return (name: string, run: (fresh: DocumentStore) => Promise<unknown>): Action => {
    let fresh: DocumentStore | undefined;
    return {
      name,
      prepare() {
        fresh = coldStore();
      },
      run() {
        const own = fresh ?? coldStore();
        // Its trees would be in the way of the other actions.
        fresh = undefined;
        return run(own);
      },
    };
  };
}

/** Numbers from 1 on. */
function counting(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

async function mustBe<T>(found: Promise<T | undefined>): Promise<T> {
  const value = await found;
  if (value === undefined) throw new Error('The document is not there.');
  return value;
}
