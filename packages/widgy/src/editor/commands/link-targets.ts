import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import type { EditorData } from '../server/editor-data.ts';
import { ask } from '../server/request.ts';
import type { LinkTarget, SearchTargets } from './resolve-references.ts';

/** The most targets that are asked for at once: what the server gives at most. */
export const MAX_TARGETS = 100;

/** Searches what links of a document may point at, by the API. */
export function targetsOf(
  { api, document }: Pick<EditorData, 'api' | 'document'>,
  limit = MAX_TARGETS,
): SearchTargets {
  return async (type, text) => {
    const query = new URLSearchParams({ type, text, limit: `${limit}` });
    const url = `${api}/documents/${encodeURIComponent(document)}/links?${query}`;
    const answer = await ask({ method: 'GET', url }, readTargets);
    return answer.kind === 'done' ? answer.value : undefined;
  };
}

/** Reads the targets of all groups of an answer. */
export function readTargets({ groups }: PlainObject): readonly LinkTarget[] | undefined {
  if (!Array.isArray(groups)) return undefined;
  return groups
    .filter(isPlainObject)
    .flatMap(({ targets }) => (Array.isArray(targets) ? targets.filter(isPlainObject) : []))
    .flatMap(({ id, label, url }) =>
      typeof id === 'string' && typeof label === 'string'
        ? [{ id, label, ...(typeof url === 'string' ? { url } : {}) }]
        : [],
    );
}
