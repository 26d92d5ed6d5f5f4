/**
 * A text that two values share exactly when they are equal, for plain data: texts, numbers, booleans, null, lists, and objects
 * of these. Undefined for anything else, whose equality nobody can tell by looking, and for data too large to be worth it.
 */
export function plainText(value: unknown): string | undefined {
  let left = MOST_VALUES;
  const write = (part: unknown, depth: number): string | undefined => {
    left -= 1;
    if (left < 0 || depth > DEEPEST) return undefined;
    if (part === null || typeof part === 'boolean') return String(part);
    // JSON writes some numbers alike.
    if (typeof part === 'number') return Object.is(part, -0) ? '-0' : String(part);
    if (typeof part === 'string') return JSON.stringify(part);
    if (Array.isArray(part))
      return joined(
        '[',
        part.map((own) => write(own, depth + 1)),
        ']',
      );
    if (!isPlainObject(part)) return undefined;
    const entries = Object.entries(part).map(([name, own]) => {
      const text = write(own, depth + 1);
      return text === undefined ? undefined : `${JSON.stringify(name)}:${text}`;
    });
    return joined('{', entries, '}');
  };
  return write(value, 0);
}

/** So many values in one are looked at, and so deep; it also ends circles. */
const MOST_VALUES = 10_000;
const DEEPEST = 100;

function joined(start: string, parts: readonly (string | undefined)[], end: string): string | undefined {
  return parts.includes(undefined) ? undefined : start + parts.join(',') + end;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const properties = Object.values(Object.getOwnPropertyDescriptors(value));
  return properties.every(({ get }) => get === undefined) && Object.getOwnPropertySymbols(value).length === 0;
}
