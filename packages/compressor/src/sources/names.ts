import { CompressorError, type Place } from '../errors.ts';

/** A name in a package: `npm:package/file` or `npm:@scope/package/file`. */
const PACKAGE_NAME = /^npm:((?:@[a-z0-9][\w.~-]*\/)?[a-z0-9][\w.~-]*)\/(.+)$/i;

/** The package and the file in it that a `npm:` name means; undefined for any other name. */
export function packageName(name: string): { package: string; file: string } | undefined {
  const [, packageId, file] = PACKAGE_NAME.exec(name) ?? [];
  return packageId === undefined || file === undefined ? undefined : { package: packageId, file };
}

/**
 * Checks the name of a source before it becomes a path: forward slashes, no empty, `.` or `..` parts, no NUL.
 *
 * @throws CompressorError `path-outside-root`, `path-invalid`
 */
export function checkName(name: string, place?: Place): void {
  const path = packageName(name)?.file ?? name;
  const parts = path.split('/');
  if (parts.includes('..')) {
    throw new CompressorError('path-outside-root', {
      message: `"${printable(name)}" leaves its folder`,
      place,
    });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  const malformed = /[\\\u0000-\u001f\u007f]/.test(name) || parts.includes('') || parts.includes('.');
  if (malformed || (name.startsWith('npm:') && packageName(name) === undefined)) {
    throw new CompressorError('path-invalid', {
      message: `"${printable(name)}" is not the name of a file`,
      place,
      help: name.startsWith('npm:') ? 'Write npm:package/path/of/the/file.' : undefined,
    });
  }
}

/**
 * The name that a URL in a template means: `npm:` names as they are, URLs below `staticUrl` without that prefix, query
 * and fragment, percent-decoded. Undefined for any other URL.
 *
 * @throws CompressorError `path-invalid`, `path-outside-root`
 */
export function nameOfUrl(url: string, staticUrl: string, place?: Place): string | undefined {
  const path = url.replace(/[?#].*$/s, '');
  if (path.startsWith('npm:')) {
    checkName(path, place);
    return path;
  }
  if (!path.startsWith(staticUrl) || path.length === staticUrl.length) return undefined;
  const name = percentDecode(path.slice(staticUrl.length), place);
  checkName(name, place);
  return name;
}

/**
 * Reverses {@link nameOfUrl}: the URL of a static file, each part percent-encoded. It needs no escaping in an attribute, with
 * whatever quotes, or in `url()`.
 */
export function urlOfName(name: string, staticUrl: string): string {
  const path = name.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return staticUrl + path.replace(/['()]/g, (character) => QUOTES[character] ?? character);
}

/** What `encodeURIComponent` leaves although it may end a quoted value. */
const QUOTES: Readonly<Record<string, string>> = { "'": '%27', '(': '%28', ')': '%29' };

function percentDecode(text: string, place: Place | undefined): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new CompressorError('path-invalid', {
      message: `"${printable(text)}" is not percent-encoded UTF-8`,
      place,
      cause,
    });
  }
}

/** A name as it may appear in messages: control characters written as escapes, cut to a readable length. */
export function printable(name: string): string {
  const escaped = JSON.stringify(name)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
  return escaped.length > 200 ? `${escaped.slice(0, 200)}…` : escaped;
}
