import { readFileSync } from 'node:fs';

/** What the `package.json` of a package says of it. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * Reads a `package.json`; undefined if there is none. Packages nest manifests without a name to say `type`, and broken ones to
 * test with; those are not packages.
 */
export function readPackageManifest(file: string): PackageManifest | undefined {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null || !('name' in data)) return undefined;
  const { name } = data;
  if (typeof name !== 'string') return undefined;
  const version = 'version' in data && typeof data.version === 'string' ? data.version : undefined;
  return { name, version };
}
