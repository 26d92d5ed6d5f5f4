import { parseTree } from '../../tree/parse.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Answer } from './answer.ts';
import type { EditorData } from './editor-data.ts';
import { ask, tokenOfPage } from './request.ts';
import type { MadeCallout, SharedCallout, SharedPlace } from './shared-data.ts';

/** So many call-outs are asked about at once: more are not told of. */
export const MAX_SHARED = 100;

/** A call-out with all that uses it; `SharedDetails` as it is read. */
export interface ReadDetails extends SharedCallout {
  readonly places: readonly SharedPlace[];
  /** Undefined where there is nothing to copy. */
  readonly tree: Tree | undefined;
}

/** What the server does about call-outs for a document that shows some, or is of one. */
export interface SharedApi {
  /** How often some are used, by their ids. */
  readonly uses: (ids: readonly string[]) => Promise<Answer<ReadonlyMap<string, SharedCallout>>>;
  /** One that the document shows. */
  readonly details: (id: string) => Promise<Answer<ReadDetails>>;
  /** Makes one of widgets. Asked again with the same id, it makes no second one. */
  readonly make: (asked: {
    readonly id: string;
    readonly name: string;
    readonly widgets: readonly string[];
  }) => Promise<Answer<MadeCallout>>;
}

/** Call-outs behind the administration. */
export function sharedApi({ page: { urls } }: Pick<EditorData, 'page'>): SharedApi {
  return {
    uses(ids) {
      const query = new URLSearchParams(ids.slice(0, MAX_SHARED).map((id) => ['callout', id]));
      return ask({ method: 'GET', url: `${urls.shared}?${query}` }, ({ callouts }) => {
        if (!isPlainObject(callouts)) return undefined;
        return new Map(
          Object.entries(callouts).flatMap(([id, told]) => {
            const read = isPlainObject(told) ? readCallout(told) : undefined;
            return read === undefined ? [] : [[id, read] as const];
          }),
        );
      });
    },
    details: (id) => readDetailsAt(`${urls.shared}/${encodeURIComponent(id)}`),
    make({ id, name, widgets }) {
      const form = new URLSearchParams({ id, name, _csrf: tokenOfPage() });
      for (const widget of widgets) form.append('widget', widget);
      return ask({ method: 'POST', url: urls.shared, form }, (told) => {
        const read = readCallout(told);
        return typeof told.id === 'string' && read !== undefined ? { id: told.id, ...read } : undefined;
      });
    },
  };
}

/** The call-out at an address of `SharedDetails`. */
export function readDetailsAt(url: string): Promise<Answer<ReadDetails>> {
  return ask({ method: 'GET', url }, (told) => {
    const read = readCallout(told);
    if (read === undefined || !Array.isArray(told.places)) return undefined;
    const tree = parseTree(told.tree);
    const places = told.places.filter(isPlainObject).map(readPlace);
    return { ...read, places, tree: tree.ok ? tree.value : undefined };
  });
}

function readCallout({ name, uses, isShown, editor }: PlainObject): SharedCallout | undefined {
  if (typeof name !== 'string' || typeof uses !== 'number') return undefined;
  return { name, uses, isShown: isShown === true, editor: textOrNull(editor) };
}

function readPlace({ name, address, url }: PlainObject): SharedPlace {
  return { name: textOrNull(name), address: textOrNull(address), url: textOrNull(url) };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
