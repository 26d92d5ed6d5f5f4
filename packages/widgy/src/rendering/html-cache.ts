import { LRUCache } from 'lru-cache';
import { utf8Length } from '../tree/json.ts';

/** HTML by what it was made from, as much as fits into a number of bytes; what was asked for longest ago goes first. */
export class HtmlCache {
  readonly #kept: LRUCache<string, string> | undefined;

  /** @param bytes of keys and HTML together; 0 keeps nothing */
  constructor(bytes: number) {
    const sizeCalculation = (html: string, key: string) => utf8Length(html) + utf8Length(key);
    this.#kept = bytes > 0 ? new LRUCache({ maxSize: bytes, sizeCalculation }) : undefined;
  }

  find(key: string): string | undefined {
    return this.#kept?.get(key);
  }

  keep(key: string, html: string): void {
    this.#kept?.set(key, html);
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#kept?.calculatedSize ?? 0;
  }
}
