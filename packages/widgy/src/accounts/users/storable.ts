/** A text without what the databases cannot hold, so that it is compared with what they do hold. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
