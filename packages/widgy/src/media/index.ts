/** Pictures and documents that people upload: checking, keeping, listing and serving them. Node only. */
export { addMedia, type Upload } from './add-media.ts';
export type { MediaAuthor } from './author.ts';
export {
  changeMedia,
  deleteMedia,
  type MediaChange,
  type PurgedMedia,
  purgeMedia,
  restoreMedia,
  type SeenMedia,
} from './change-media.ts';
export { type CollectedMedia, collectMedia } from './collect-media.ts';
export type { FileType } from './file-types.ts';
export {
  AVIF_SHARE,
  DEFAULT_MEDIA_LIMITS,
  DEFAULT_MEDIA_PAGE,
  MAX_ALT,
  MAX_FILE_NAME,
  MAX_MEDIA_PAGE,
  MAX_MEDIA_SEARCH,
  MAX_SERVED,
  MAX_SIDE,
  MAX_UPLOADS,
  type MediaLimits,
  PICTURES_AT_ONCE,
  RENDITION_WIDTHS,
  SERVED_MS,
  UNUSED_MS,
} from './limits.ts';
export { MEDIA_TYPE, mediaLinkable } from './linkable.ts';
export { listMedia, type MediaPage, type MediaQuestion, readMedia } from './list-media.ts';
export type { MediaItem, MediaKind, Rendition } from './media-item.ts';
export { type MediaObject, mediaObjects } from './media-objects.ts';
export { MEDIA_PREFIX, type MediaName, parseObjectName } from './object-name.ts';
export type { UploadSource } from './read-upload.ts';
export {
  MEDIA_REFUSAL_CODES,
  type MediaAnswer,
  type MediaRefusal,
  type MediaRefusalCode,
  type RefusedMedia,
} from './refusal.ts';
export { type MediaAsked, type MediaResponse, mediaResponse } from './response.ts';
export { type MediaOptions, type MediaStorage, type MediaStore, openMedia } from './store.ts';
export { createWorkshop, type Workshop, type WorkshopOptions } from './workshop.ts';
