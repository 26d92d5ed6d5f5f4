import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WidgyError } from '../errors.ts';

/** Where a database is. */
export type Location =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** The path that SQLite takes for a database that is gone when it is closed. */
export const MEMORY = ':memory:';

/**
 * Reads the URL of a database.
 *
 * - `postgres://…` and `postgresql://…` as PostgreSQL's own programs read them, with
 *   `?options=-csearch_path%3Dname` for tables in a schema of their own;
 * - `sqlite:path`, `sqlite:/path`, `sqlite:///path`, `file:///path` or a path alone, relative to the working
 *   folder;
 * - `sqlite::memory:` or `:memory:`.
 */
export function readLocation(url: string): Location {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'postgres' || scheme === 'postgresql') return { kind: 'postgres', url };
  if (scheme === 'file' && URL.canParse(url)) return fileAt(fileURLToPath(url));
  if (scheme === undefined) return fileAt(url);
  if (scheme === 'sqlite') return fileAt(url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, ''));
  // The URL is not repeated: it may hold a password.
  throw new WidgyError('database-url-invalid', {
    message: `"${scheme}:" names no database that Widgy knows`,
  });
}

function fileAt(path: string): Location {
  if (path === MEMORY) return { kind: 'sqlite', path };
  if (path === '' || /[?#\0]/.test(path) || path.startsWith('//')) {
    throw new WidgyError('database-url-invalid', { message: `"${path}" is not the path of a database` });
  }
  return { kind: 'sqlite', path: resolve(path) };
}
