import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import type { Answer } from '../server/answer.ts';
import type { TypeCost, WidgetCosts } from '../server/editor-data.ts';
import { ask } from '../server/request.ts';

/** Asks what the widgets of the draft cost, at the address that the data of the editor has for it. */
export function readCosts(url: string): Promise<Answer<WidgetCosts>> {
  return ask({ method: 'GET', url }, costsOf);
}

/** Reads costs; undefined if they are none. */
export function costsOf({ sequence, types, ms }: PlainObject): WidgetCosts | undefined {
  if (typeof sequence !== 'number' || !isPlainObject(types) || !isPlainObject(ms)) return undefined;
  const read = Object.entries(types).flatMap(([type, cost]): readonly (readonly [string, TypeCost])[] => {
    if (!isPlainObject(cost)) return [];
    const { style, script } = cost;
    return [[type, { style: bytesOf(style), script: bytesOf(script) }]];
  });
  const times = Object.entries(ms).flatMap(([id, time]) =>
    typeof time === 'number' ? [[id, time] as const] : [],
  );
  return { sequence, types: Object.fromEntries(read), ms: Object.fromEntries(times) };
}

function bytesOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
