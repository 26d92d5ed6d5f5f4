import { mediaType } from '../../build/artifact.ts';
import { caching } from '../../caching.ts';
import { withoutHash } from '../../hash.ts';
import { encodings, isCompressible } from '../encodings.ts';
import { isLasting } from '../is-lasting.ts';

/** What a bucket says about an object, so that a CDN may serve it as it is. */
export interface ObjectHeaders {
  readonly ContentType: string;
  readonly ContentEncoding?: string;
  readonly CacheControl: string;
}

/**
 * The headers of what is kept under a name. They follow from the name alone: whoever writes or touches an object gives it
 * the same.
 */
export function headersOf(name: string): ObjectHeaders {
  for (const { name: ContentEncoding, suffix } of encodings) {
    const plain = name.endsWith(suffix) ? name.slice(0, -suffix.length) : '';
    // A site's own archive.tar.<hash>.gz is no encoding of anything.
    if (withoutHash(plain) && isCompressible(mediaType(plain)))
      return { ContentType: mediaType(plain), ContentEncoding, CacheControl: caching.immutable };
  }
  const isPublic = withoutHash(name) !== undefined && isLasting(name);
  return { ContentType: mediaType(name), CacheControl: isPublic ? caching.immutable : caching.revalidate };
}
