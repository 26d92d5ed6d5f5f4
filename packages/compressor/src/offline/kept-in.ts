/** Where a function says that its value is kept, and may be changed after a build; undefined if it says nothing. */
export function keptIn(lazy: object): string | undefined {
  const where: unknown = Object.getOwnPropertyDescriptor(lazy, 'keptIn')?.value;
  return typeof where === 'string' ? where : undefined;
}

/**
 * Where something in a value is kept, as the first function in it says that says so. Who takes the whole may use any part. Looked at is
 * plain data, as far as {@link MOST_VALUES} and {@link DEEPEST} lead.
 */
export function keptWithin(value: unknown): string | undefined {
  let left = MOST_VALUES;
  const search = (part: unknown, depth: number): string | undefined => {
    left -= 1;
    if (left < 0 || depth > DEEPEST) return undefined;
    if (typeof part === 'function') return keptIn(part);
    for (const own of partsOf(part)) {
      const where = search(own, depth + 1);
      if (where !== undefined) return where;
    }
    return undefined;
  };
  return search(value, 0);
}

/** So many values in one are looked at, and so deep; it also ends circles. */
const MOST_VALUES = 10_000;
const DEEPEST = 20;

function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return NONE;
  if (Array.isArray(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return NONE;
  // What a getter would give is nobody's before a template asks for it.
  return Object.values(Object.getOwnPropertyDescriptors(value)).map((property) => property.value);
}

const NONE: readonly unknown[] = [];
