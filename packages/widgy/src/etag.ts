/** The entity tag of something by its content hash. */
export function etagOf(hash: string): string {
  return `"${hash}"`;
}

/** Whether a client has what has this tag, by its header `If-None-Match`. Tags compare weakly (RFC 9110, 13.1.2). */
export function hasTag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((part) => {
    const tag = part.trim();
    return tag === '*' || tag.replace(/^W\//, '') === etag;
  });
}
