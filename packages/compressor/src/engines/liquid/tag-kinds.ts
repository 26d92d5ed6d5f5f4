import { type Emitter, Tag, type Template } from 'liquidjs';

/** Steps of a run, in the way of LiquidJS: whatever is yielded is waited for. */
export type Steps<T> = Generator<unknown, T, unknown>;

/** Outside blocks nothing is written. */
export const NOWHERE: Emitter = { buffer: '', write() {} };

/** Tags that show one of their branches. */
export const CONDITIONS: ReadonlySet<string> = new Set(['if', 'unless', 'case']);
/** Tags that show what is in them for each item. */
export const LOOPS: ReadonlySet<string> = new Set(['for', 'tablerow']);
/** Tags that exploring runs as they are. */
export const IN_PLACE: ReadonlySet<string> = new Set([
  ...['layout', 'include', 'render', 'block', 'liquid', 'increment', 'decrement'],
]);
/** Tags that only write, or end a loop. */
export const SILENT: ReadonlySet<string> = new Set([
  ...['raw', 'comment', '#', 'cycle', 'static', 'break', 'continue'],
]);
/** Tags that are blocks, lead to some, or change something that blocks see. */
export const STRUCTURAL: ReadonlySet<string> = new Set([
  ...['compress', 'layout', 'include', 'render', 'block', 'increment', 'decrement'],
]);

/** The name of a tag; undefined for text and output. */
export function tagName(template: Template): string | undefined {
  return template instanceof Tag ? template.name : undefined;
}

/** A tag with the methods that LiquidJS declares for the analysis of templates. */
export function asTemplate(tag: Tag): Template {
  return tag;
}

/** The names that a tag, and the tags in it, say they assign. */
export function* namesIn(tag: Tag): Steps<string[]> {
  const own = [...(asTemplate(tag).localScope?.() ?? [])].map(({ content }) => content);
  const children: unknown = yield asTemplate(tag).children?.(false, true);
  if (!Array.isArray(children)) return own;
  for (const child of children) if (child instanceof Tag) own.push(...(yield* namesIn(child)));
  return own;
}
