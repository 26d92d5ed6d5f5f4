import { LRUCache } from 'lru-cache';
import { utf8Length } from '../tree/json.ts';
import type { SiteContent } from './page-variables.ts';

/** Bytes of pages that one process keeps, if nothing else is said. */
export const PAGE_CACHE_BYTES = 64 * 1024 * 1024;

/** A public page that was made, but for the nonce, which is another one in each answer. */
export interface CachedPage {
  readonly status: number;
  /** What stands before, between and behind the places of the nonce, as it is sent: encoding it anew costs more than all else. */
  readonly parts: readonly Buffer[];
}

/** Since when pages are as they are, and until when they can be. */
export interface PageTime {
  /** See `readGeneration`. */
  readonly generation: number;
  readonly now: number;
}

/**
 * Public pages that were made, and what all of them show, for visitors who are not signed in. What anybody writes that visitors can see makes another generation, and
 * all pages of the one before are forgotten; so they are at the next time at which something is to appear or to go by itself.
 */
export class PageCache {
  #site: SiteContent | undefined;
  readonly #pages: LRUCache<string, CachedPage> | undefined;
  #generation = -1;
  /** When something appears or goes by itself; undefined where that is not known yet. */
  #until: number | undefined;
  #from = 0;

  /** @param bytes of all pages together; 0 keeps none */
  constructor(bytes: number = PAGE_CACHE_BYTES) {
    const sizeCalculation = ({ parts }: CachedPage, key: string) =>
      parts.reduce((sum, part) => sum + part.length, utf8Length(key) + 1);
    this.#pages = bytes > 0 ? new LRUCache({ maxSize: bytes, sizeCalculation }) : undefined;
  }

  /** A page that is right at this time. */
  find(path: string, time: PageTime): CachedPage | undefined {
    return this.#isRight(time) ? this.#pages?.get(path) : undefined;
  }

  /** A page that was right once: for when the database cannot be asked. */
  findOld(path: string): CachedPage | undefined {
    return this.#pages?.get(path);
  }

  /**
   * Keeps a page that was made at a time.
   *
   * @param until when something appears or goes by itself, as was known at that time
   */
  keep(path: string, page: CachedPage, time: PageTime, until: number): void {
    if (this.#isKeeping(time, until)) this.#pages?.set(path, page);
  }

  /** What all pages show at this time. */
  findSite(time: PageTime): SiteContent | undefined {
    return this.#isRight(time) ? this.#site : undefined;
  }

  /** Keeps what all pages show, as {@link keep} keeps a page. */
  keepSite(site: SiteContent, time: PageTime, until: number): void {
    if (this.#isKeeping(time, until)) this.#site = site;
  }

  /** Until when what is kept is right, where that is known for this time. */
  until(time: PageTime): number | undefined {
    return this.#isRight(time) ? this.#until : undefined;
  }

  /** Whether what was made at a time is to be kept; if it is the first of its generation, all others are forgotten. */
  #isKeeping(time: PageTime, until: number): boolean {
    if (time.generation < this.#generation) return false;
    if (this.#isRight(time)) return true;
    this.#pages?.clear();
    this.#site = undefined;
    this.#generation = time.generation;
    this.#from = time.now;
    this.#until = until;
    return true;
  }

  /** A clock that went back is not trusted: what was to appear may have been taken for shown. */
  #isRight({ generation, now }: PageTime): boolean {
    return (
      generation === this.#generation && this.#until !== undefined && now < this.#until && now >= this.#from
    );
  }
}

/** Takes a page apart where a text stands that was put in the place of the nonce. */
export function partsAround(html: string, placeholder: string): readonly Buffer[] {
  return html.split(placeholder).map((part) => Buffer.from(part));
}

/** Puts a nonce where it belongs. */
export function joinedBy(parts: readonly Buffer[], nonce: string): Buffer {
  const between = Buffer.from(nonce);
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
}
