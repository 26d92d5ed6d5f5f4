/** How much may be uploaded. What goes over is refused; nothing is cut off. */
export interface MediaLimits {
  /** Bytes of one upload. So much of it is in memory at once, and no more is ever read. */
  readonly bytes: number;
  /** Pixels of a picture: width times height times frames. */
  readonly pixels: number;
  /** Frames of an animation. */
  readonly frames: number;
}

/** The limits that hold where none are given. */
export const DEFAULT_MEDIA_LIMITS: MediaLimits = {
  bytes: 20 * 1024 * 1024,
  pixels: 50_000_000,
  frames: 200,
};

/** Of the pixels of a picture, an AVIF may have one in so many: it takes that much more memory, since it is decoded as a whole. */
export const AVIF_SHARE = 3;

/** Uploads of one process that are under way at once, from their first byte to their last; more are refused as `busy`. */
export const MAX_UPLOADS = 10;

/** Pictures of one process that are decoded and encoded at once; the other uploads wait. */
export const PICTURES_AT_ONCE = 2;

/** The most pixels that a side of a kept picture has; larger ones are scaled down. WebP takes 16,383. */
export const MAX_SIDE = 4096;

/** The widths in pixels of the renditions of a picture, those that are smaller than the picture. */
export const RENDITION_WIDTHS = [400, 800, 1600] as const;

/** Characters of a name of a file. */
export const MAX_FILE_NAME = 200;

/** Characters of a text in the place of a picture. */
export const MAX_ALT = 1000;

/** The most media of one page of a list. */
export const MAX_MEDIA_PAGE = 100;

/** Media of one page of a list where it is not said how many. */
export const DEFAULT_MEDIA_PAGE = 40;

/** Characters of a search that count. */
export const MAX_MEDIA_SEARCH = 200;

/** How old what is stored must be before it is taken away as unused, and how long an upload may take at most, in milliseconds. */
export const UNUSED_MS = 24 * 60 * 60_000;

/** How long a process remembers that something is served, in milliseconds: so long after its purge it may still answer. */
export const SERVED_MS = 60_000;

/** So much that is served is remembered by a process. */
export const MAX_SERVED = 10_000;
