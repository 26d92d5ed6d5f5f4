import type { Place } from '../../errors.ts';

/** Where something begins in a template; lines and columns count from 0 as in Nunjucks. */
export interface Position {
  readonly offset: number;
  readonly lineno: number;
  readonly colno: number;
}

/** Finds the beginning of the tag that a position is in: Nunjucks places a tag at its name. */
export type FindTag = (lineno: number, colno: number) => Position;

/** @param tagStart what tags of the template begin with */
export function tagFinder(text: string, tagStart: string): FindTag {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (lineno, colno) => {
    const offset = Math.max(text.lastIndexOf(tagStart, (starts[lineno] ?? 0) + colno), 0);
    let line = lineno;
    while (line > 0 && (starts[line] ?? 0) > offset) line -= 1;
    return { offset, lineno: line, colno: offset - (starts[line] ?? 0) };
  };
}

/** A position for people. */
export function placeAt(
  file: string,
  { lineno = 0, colno = 0 }: { readonly lineno?: number | undefined; readonly colno?: number | undefined },
): Place {
  return { file, line: lineno + 1, column: colno + 1 };
}
