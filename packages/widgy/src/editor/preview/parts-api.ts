import { isPlainObject } from '../../tree/problems.ts';
import type { Answer } from '../server/answer.ts';
import type { PreviewParts } from '../server/editor-data.ts';
import { ask } from '../server/request.ts';

/** Asks for the HTML of widgets as the preview shows them, after a change or a later one. */
export function readParts(
  url: string,
  widgets: readonly string[],
  sequence: number,
): Promise<Answer<PreviewParts>> {
  const query = new URLSearchParams([...widgets.map((id) => ['widget', id]), ['sequence', String(sequence)]]);
  return ask({ method: 'GET', url: `${url}?${query}` }, ({ sequence: at, parts, missing }) => {
    if (typeof at !== 'number' || !isPlainObject(parts) || !Array.isArray(missing)) return undefined;
    const read = Object.entries(parts).flatMap(([id, part]) => {
      if (!isPlainObject(part)) return [];
      const { html, ms } = part;
      return typeof html === 'string' && typeof ms === 'number' ? [[id, { html, ms }] as const] : [];
    });
    return {
      sequence: at,
      parts: Object.fromEntries(read),
      missing: missing.filter((id) => typeof id === 'string'),
    };
  });
}
