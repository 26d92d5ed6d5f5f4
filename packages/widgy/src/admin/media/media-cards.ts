import type { MediaItem, Rendition } from '../../media/index.ts';
import { measureText, sizeText, typeText } from './media-words.ts';

/** A picture as a card shows it. */
export type CardPicture = Pick<Rendition, 'url' | 'width' | 'height'>;

/** A file in the grid of media, or at the head of its page. */
export interface MediaCard {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  /** Undefined for a document, which has a mark. */
  readonly picture: CardPicture | undefined;
  /** What its mark says: `PDF`. */
  readonly mark: string;
  /** Its size and measures, in words. */
  readonly facts: string;
  /** Whether it is a picture that nobody has described. */
  readonly isUndescribed: boolean;
}

/** Pixels of width that a card needs at most, on a screen with two for each of them. */
const CARD_WIDTH = 400;

/** How a file is shown in the grid. */
export function mediaCard(media: MediaItem): MediaCard {
  const { id, name, revision, kind, alt, bytes } = media;
  return {
    ...{ id, name, revision },
    picture: pictureOf(media, CARD_WIDTH),
    mark: typeText(media),
    facts: [sizeText(bytes), measureText(media)].filter((text) => text !== undefined).join(' · '),
    isUndescribed: kind === 'image' && alt === '',
  };
}

/** The picture of a file that is at least so wide, or else the widest; undefined for a document. */
export function pictureOf(
  { renditions, url, width, height }: MediaItem,
  atLeast: number,
): CardPicture | undefined {
  if (width === null || height === null) return undefined;
  const sizes = renditions.filter(({ type }) => type === 'image/webp');
  return sizes.find((one) => one.width >= atLeast) ?? sizes.at(-1) ?? { url, width, height };
}
