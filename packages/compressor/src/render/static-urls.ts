import { LRUCache } from 'lru-cache';
import type { BuildContext } from '../build/context.ts';
import { CompressorError, formatPlace, type Place } from '../errors.ts';
import { withHash } from '../hash.ts';
import { checkName, urlOfName } from '../sources/names.ts';

/** The fingerprinted URLs of static files, remembered until {@link StaticUrls.forget}. */
export class StaticUrls {
  readonly #context: BuildContext;
  readonly #published: ReadonlyMap<string, string>;
  readonly #known = new LRUCache<string, string>({ max: REMEMBERED_URLS });

  /** @param published the fingerprinted names of files that were published, by their names */
  constructor(context: BuildContext, published: Readonly<Record<string, string>> = {}) {
    this.#context = context;
    this.#published = new Map(Object.entries(published));
  }

  /** It comes at once when the file is known. A file that is missing keeps its plain URL and is reported once. */
  get(name: string, place?: Place): string | Promise<string> {
    const published = this.#published.get(name);
    if (published !== undefined) return urlOfName(published, this.#context.staticUrl);
    return this.#known.get(name) ?? this.#fingerprint(name, place);
  }

  /** The URL as it is named. */
  plain(name: string): string {
    return urlOfName(name, this.#context.staticUrl);
  }

  /** Files changed. */
  forget(): void {
    this.#known.clear();
  }

  async #fingerprint(name: string, place: Place | undefined): Promise<string> {
    const { finder, reader, warn, staticUrl } = this.#context;
    try {
      checkName(name, place);
      if (name.startsWith('npm:')) throw notServed(name, place);
      const file = await finder.find(name, place);
      const url = urlOfName(withHash(name, await reader.hash(file.path, name, place)), staticUrl);
      this.#known.set(name, url);
      return url;
    } catch (error) {
      if (!(error instanceof CompressorError)) throw error;
      warn('error', `static ${name} ${place ? formatPlace(place) : ''}`, error.message);
      return this.plain(name);
    }
  }
}

function notServed(name: string, place: Place | undefined): CompressorError {
  return new CompressorError('path-invalid', {
    message: `"${name}" is a file of a package, which has no URL of its own`,
    place,
    help: 'Name it inside a block, refer to it from a style sheet, or add the folder to static.roots.',
  });
}

/** Fingerprinted URLs kept in memory at most. */
const REMEMBERED_URLS = 10_000;
