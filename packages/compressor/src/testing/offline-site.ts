import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompressOptions, compressSite } from '../compress-site.ts';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import { formatPlace } from '../errors.ts';
import { silentLogger } from '../log.ts';
import { type Manifest, parseManifest } from '../manifest/manifest.ts';
import type { Compressed } from '../offline/compress.ts';
import type { Diagnostic } from '../offline/diagnostic.ts';
import { createFolder, type TestFolder } from './site.ts';

/** A folder that was compressed. */
export interface OfflineFolder {
  readonly folder: TestFolder;
  readonly result: Compressed;
  /** Findings as `severity code template:line:column message`. */
  readonly findings: string[];
}

/** Makes a folder with these files and compresses it. The caller disposes of the folder. */
export async function compressFiles(
  files: Readonly<Record<string, string>>,
  config: Config = {},
  options: CompressOptions = {},
): Promise<OfflineFolder> {
  const folder = await createFolder(files);
  return { folder, ...(await compressFolder(folder, config, options)) };
}

/** Compresses a folder, without encodings and with the cache off, unless the options say otherwise. */
export async function compressFolder(
  folder: Pick<TestFolder, 'path'>,
  config: Config = {},
  options: CompressOptions = {},
): Promise<Omit<OfflineFolder, 'folder'>> {
  const resolved = resolveConfig(
    { mode: 'offline', logger: silentLogger, cache: false, ...config },
    folder.path,
  );
  const result = await compressSite(resolved, { encodings: false, ...options });
  return { result, findings: result.diagnostics.map(shortFinding) };
}

function shortFinding({ severity, code, template, line, column, message }: Diagnostic): string {
  const place = template === undefined ? '' : ` ${formatPlace({ file: template, line, column })}`;
  return `${severity} ${code}${place} ${message}`;
}

/** The manifest that a folder was compressed into. */
export async function manifestOf(folder: Pick<TestFolder, 'path'>): Promise<Manifest> {
  return parseManifest(await readFile(join(folder.path, 'compressor.manifest.json'), 'utf8'), 'manifest');
}

/** All files below a folder with their content, by name; an empty table if there is no such folder. */
export async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files
      .sort()
      .map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'latin1')] as const),
  );
  return Object.fromEntries(contents);
}
