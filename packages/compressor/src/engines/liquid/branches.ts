import type { Tag, Template } from 'liquidjs';

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

function listIn(holder: unknown, key: string): readonly Template[] | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const list: unknown = Reflect.get(holder, key);
  return Array.isArray(list) && list.every(isTemplate) ? list : undefined;
}

function isTemplate(value: unknown): value is Template {
  return typeof value === 'object' && value !== null && 'render' in value && 'token' in value;
}
