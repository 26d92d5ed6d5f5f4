/**
 * A function of two things that works its answer out once, and knows it for as long as both things are in use. Neither may change, nor
 * may the answer hang on anything else.
 */
export function rememberedByTwo<A extends object, B extends object, T>(
  workOut: (first: A, second: B) => T,
): (first: A, second: B) => T {
  const known = new WeakMap<A, WeakMap<B, { readonly answer: T }>>();
  return (first, second) => {
    const ofFirst = known.get(first) ?? new WeakMap<B, { readonly answer: T }>();
    const found = ofFirst.get(second) ?? { answer: workOut(first, second) };
    known.set(first, ofFirst.set(second, found));
    return found.answer;
  };
}
