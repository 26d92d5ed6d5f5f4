import { type Tag, type Template, toPromise } from 'liquidjs';
import type { IsTaken } from '../../offline/exploration.ts';
import { ReadLog } from '../../offline/read-log.ts';
import { type ContextState, changedNames, restoreState, saveState, scopesOf } from './context-state.ts';
import type { ExploringContext } from './exploring-context.ts';
import { BlockChoices, blocksOf, changedBlocks, type StoredBlocks } from './stored-blocks.ts';
import { NOWHERE, type Steps } from './tag-kinds.ts';

/** Explores a list of templates. */
export type ExploreAll = (templates: readonly Template[], context: ExploringContext) => Steps<void>;

/**
 * Explores each branch of a tag in a copy of the scope. Names that a branch assigns are left changed, to be given what the tag
 * really assigns. Gives what the branches stored for the blocks of a layout.
 */
export function* exploreBranches(
  tag: Tag,
  branches: readonly (readonly Template[])[],
  context: ExploringContext,
  exploreAll: ExploreAll,
): Steps<StoredBlocks> {
  const { run } = context;
  const before = saveState(context);
  const changed: Record<string, unknown> = {};
  const choices = new BlockChoices();
  for (const templates of branches) {
    restoreState(context, before);
    const isTaken: IsTaken = () => isSelected(tag, templates, before, context);
    yield* run.with({ conditions: [...run.conditions, isTaken] }, () => exploreAll(templates, context));
    for (const name of changedNames(context, before)) changed[name] = scopesOf(context)[0]?.[name];
    choices.add(changedBlocks(context, before), isTaken);
  }
  restoreState(context, before);
  Object.assign(context.bottom(), changed);
  return choices.toBlocks(context, blocksOf(context));
}

/**
 * The lists of templates of a tag, one for each branch: `if`, `unless`, `case`, `for` and `tablerow`. They are the very lists
 * that the tag renders, so that what it renders tells which branch it took.
 */
export function branchesOf(tag: Tag): readonly (readonly Template[])[] {
  const branches: unknown = Reflect.get(tag, 'branches');
  const lists = Array.isArray(branches) ? branches.map((branch: unknown) => listIn(branch, 'templates')) : [];
  return [...lists, listIn(tag, 'templates'), listIn(tag, 'elseTemplates')].filter(
    (list) => list !== undefined,
  );
}

async function isSelected(
  tag: Tag,
  templates: readonly Template[],
  state: ContextState,
  context: ExploringContext,
): Promise<boolean> {
  const { run } = context;
  const now = saveState(context, state);
  const selected: (readonly Template[])[] = [];
  const changes = { mode: 'select', isEager: true, isAsked: true, reads: new ReadLog(), selected } as const;
  const selecting = run.with(changes, function* (): Steps<boolean> {
    restoreState(context, state);
    yield tag.render(context, NOWHERE);
    return selected.includes(templates);
  });
  try {
    return await toPromise(selecting);
  } catch {
    return true; // What cannot be known may be so.
  } finally {
    restoreState(context, now);
  }
}

function listIn(holder: unknown, key: string): readonly Template[] | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const list: unknown = Reflect.get(holder, key);
  return Array.isArray(list) && list.every(isTemplate) ? list : undefined;
}

function isTemplate(value: unknown): value is Template {
  return typeof value === 'object' && value !== null && 'render' in value && 'token' in value;
}
