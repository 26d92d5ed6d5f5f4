/** What a function says is to be done where its value lacks what a block reads; undefined if it says nothing. */
export function ifMissing(lazy: object): string | undefined {
  const advice: unknown = Object.getOwnPropertyDescriptor(lazy, 'ifMissing')?.value;
  return typeof advice === 'string' ? advice : undefined;
}
