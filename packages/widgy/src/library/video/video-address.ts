/** A video on one of the hosts that are known. */
export type Video =
  | { readonly host: 'youtube'; readonly id: string }
  /** `key` is there for a video that only those may see who have its address. */
  | { readonly host: 'vimeo'; readonly id: string; readonly key: string | undefined };

/** What a policy for content allows as `frame-src` so that videos can play. */
export const VIDEO_FRAME_SOURCES: readonly string[] = [
  'https://www.youtube-nocookie.com',
  'https://player.vimeo.com',
];

/**
 * The video that an address means; undefined for what is none on a host that is known. Only the host, the id and a key are taken from the
 * address, each by its exact form, so nothing else of it gets anywhere.
 */
export function parseVideo(address: string): Video | undefined {
  const url = URL.parse(address.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  if (url.port !== '' || url.username !== '' || url.password !== '') return undefined;
  const path = url.pathname.split('/').filter((part) => part !== '');
  switch (url.hostname) {
    case 'youtu.be':
      return path.length === 1 ? youtube(path[0]) : undefined;
    case 'youtube.com':
    case 'www.youtube.com':
    case 'm.youtube.com':
    case 'www.youtube-nocookie.com':
      return youtubePath(path, url.searchParams);
    case 'vimeo.com':
    case 'www.vimeo.com':
      return path.length <= 2 ? vimeo(path[0], path[1] ?? url.searchParams.get('h')) : undefined;
    case 'player.vimeo.com':
      return path.length === 2 && path[0] === 'video' ? vimeo(path[1], url.searchParams.get('h')) : undefined;
    default:
      return undefined;
  }
}

function youtubePath(path: readonly string[], query: URLSearchParams): Video | undefined {
  const [kind = '', id] = path;
  if (path.length === 1 && kind === 'watch') return youtube(query.get('v'));
  return path.length === 2 && ['embed', 'shorts', 'live'].includes(kind) ? youtube(id) : undefined;
}

function youtube(id: string | null | undefined): Video | undefined {
  return id != null && /^[\w-]{11}$/.test(id) ? { host: 'youtube', id } : undefined;
}

function vimeo(id: string | undefined, key: string | null): Video | undefined {
  if (id === undefined || !/^\d{1,12}$/.test(id)) return undefined;
  if (key === null) return { host: 'vimeo', id, key: undefined };
  return /^[0-9a-f]{1,32}$/.test(key) ? { host: 'vimeo', id, key } : undefined;
}

/** Where people watch a video on the pages of its host. */
export function watchAddress(video: Video): string {
  if (video.host === 'youtube') return `https://www.youtube.com/watch?v=${video.id}`;
  return `https://vimeo.com/${video.id}${video.key === undefined ? '' : `/${video.key}`}`;
}

/** The player of a video for a frame, which sets as few cookies as its host allows, and begins to play. */
export function playerAddress(video: Video): string {
  if (video.host === 'youtube') return `https://www.youtube-nocookie.com/embed/${video.id}?autoplay=1`;
  const key = video.key === undefined ? '' : `&h=${video.key}`;
  return `https://player.vimeo.com/video/${video.id}?autoplay=1&dnt=1${key}`;
}
