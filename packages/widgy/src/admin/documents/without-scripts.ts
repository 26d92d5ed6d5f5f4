/**
 * A page without its script elements, for where they could not run anyway: this keeps nothing out that has to be kept out. What follows the
 * last one that is not closed stays as it is. It goes through the page once.
 */
export function withoutScripts(page: string): string {
  const kept: string[] = [];
  let from = 0;
  let start: number | undefined;
  for (const { 1: slash, index } of page.matchAll(/<(\/?)script(?=[\s/>])/gi)) {
    if (index < from) continue;
    if (slash === '') start ??= index;
    else if (start !== undefined) {
      const end = page.indexOf('>', index);
      if (end < 0) break;
      kept.push(page.slice(from, start));
      from = end + 1;
      start = undefined;
    }
  }
  return [...kept, page.slice(from)].join('');
}
