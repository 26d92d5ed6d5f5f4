import type { Linkable } from '../links/linkable.ts';
import type { JsonObject } from '../tree/json.ts';
import type { LinkPicture, LinkTarget } from '../widgets/fields/link-choices.ts';
import { hasWords } from './list-media.ts';
import { type MediaItem, mediaItem } from './media-item.ts';
import type { MediaStore } from './store.ts';

/** What references to media begin with: `widgy:media/ID`. */
export const MEDIA_TYPE = 'media';

/**
 * Lets links point at the media of a site. Those in the bin are not offered, and still lead where they led: what is on a page does not go
 * from it because somebody tidies up.
 *
 * Templates find `fields.picture.url`, the largest rendition of a picture or the file itself, and `fields.picture.data`: `name`, `alt`,
 * `type` and `bytes` of what is at the address; of pictures also its `width` and `height`, a `srcset`, and as `fallback` the address of the
 * same as JPEG or PNG.
 */
export function mediaLinkable({ site, url }: Pick<MediaStore, 'site' | 'url'>): Linkable {
  return {
    type: MEDIA_TYPE,
    label: 'File',
    plural: 'Files',
    hasPictures: true,
    async resolve(queries, ids) {
      const rows = await queries
        .selectFrom('media')
        .selectAll()
        .where('id', 'in', ids)
        .where('site', '=', site)
        .execute();
      return rows.map((row) => linkTarget(mediaItem(row, url)));
    },
    async search(queries, { text, limit, isPicture = false }) {
      const rows = await queries
        .selectFrom('media')
        .selectAll()
        .where('site', '=', site)
        .where('deleted_at', 'is', null)
        .where(hasWords(text))
        .where('kind', 'in', isPicture ? ['image'] : ['image', 'document'])
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => linkTarget(mediaItem(row, url)));
    },
  };
}

/** Media as a link sees them. */
function linkTarget(media: MediaItem): LinkTarget {
  const { id, name, alt, renditions } = media;
  const sizes = renditions.filter(({ type }) => type === 'image/webp');
  const shown = sizes.at(-1) ?? media;
  const { url, type, bytes, width, height } = shown;
  const common = { name, alt, type, bytes };
  const data: JsonObject =
    media.kind === 'document'
      ? common
      : {
          ...common,
          ...{ width, height },
          srcset: sizes.map((one) => `${one.url} ${one.width}w`).join(', '),
          fallback: renditions.at(-1)?.url ?? media.url,
        };
  const picture = thumbnailOf(media);
  return { id, label: alt || name, url, data, ...(picture === undefined ? {} : { picture }) };
}

/** The smallest rendition of a picture, which is what it is recognised by; undefined for a document. */
function thumbnailOf({ kind, renditions, url, width, height }: MediaItem): LinkPicture | undefined {
  if (kind === 'document' || width === null || height === null) return undefined;
  const small = renditions.find(({ type }) => type === 'image/webp') ?? { url, width, height };
  return { url: small.url, width: small.width, height: small.height };
}
