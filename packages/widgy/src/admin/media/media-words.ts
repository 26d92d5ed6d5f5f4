import type { MediaItem } from '../../media/index.ts';
import { extensionOf } from '../../media/names.ts';

/** A size, to be read: `1.2 MB`, of 1024 × 1024 bytes each, as limits are told too. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1000 ? `${SIZE.format(kilobytes)} KB` : `${SIZE.format(kilobytes / 1024)} MB`;
}

/** How large a picture is in pixels; undefined for a document. */
export function measureText({ width, height }: Pick<MediaItem, 'width' | 'height'>): string | undefined {
  return width === null || height === null ? undefined : `${width} × ${height}`;
}

/** What sort of file it is, in one word: `PDF`. */
export function typeText({ type, url }: Pick<MediaItem, 'type' | 'url'>): string {
  const [, name = type] = type.split('/');
  return (extensionOf(url)?.slice(1) ?? name).toUpperCase();
}

const SIZE = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });
