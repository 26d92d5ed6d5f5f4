import { CompressorError } from '../errors.ts';
import { URL_PREFIX } from '../url-prefix.ts';

/** What only the request for a page decides about its tags. */
export interface RequestOptions {
  /** The nonce of the page's content security policy, for every tag that the compressor writes. */
  readonly nonce?: string | undefined;
  /** Takes the place of `output.url` in this page. */
  readonly url?: string | undefined;
}

/** {@link RequestOptions} that were checked: nothing in them can end an attribute, a header or a text. */
export class RequestValues {
  /** What a page has that was given nothing. */
  static readonly none = new RequestValues({});

  readonly #options: RequestOptions;

  private constructor(options: RequestOptions) {
    this.#options = options;
  }

  get nonce(): string | undefined {
    return this.#options.nonce;
  }

  get url(): string | undefined {
    return this.#options.url;
  }

  /** The same as a template sees it. */
  get variable(): RequestOptions {
    return { nonce: this.nonce, url: this.url };
  }

  /**
   * Checks what a program or a variable of a page gives. Whatever is no object, and other properties of one, say nothing.
   *
   * @throws CompressorError `request-invalid`
   */
  static check(given: unknown): RequestValues {
    if (typeof given !== 'object' || given === null) return RequestValues.none;
    if (given instanceof RequestValues) return given;
    const nonce = textOf('nonce', given, NONCE);
    const url = textOf('url', given, URL_PREFIX);
    return nonce === undefined && url === undefined ? RequestValues.none : new RequestValues({ nonce, url });
  }
}

function textOf(name: 'nonce' | 'url', given: object, pattern: RegExp): string | undefined {
  const value: unknown = Reflect.get(given, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new CompressorError('request-invalid', {
    message: `the ${name} given for a page is ${WRONG[name]}`,
  });
}

const WRONG = {
  nonce: 'not in base64',
  url: 'no path or origin with a path that ends with a slash',
} as const;

/** `base64-value` (Content Security Policy Level 3, 2.3.1). */
const NONCE = /^[A-Za-z0-9+/_-]+={0,2}$/;
