import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';
import { migrations as released } from '../database/migrations/list.ts';
import { parseObjectName } from '../media/object-name.ts';
import {
  anyFormat,
  BACKUP_FORMAT,
  type BackupEntry,
  type BackupHeader,
  type BackupManifest,
  backupHeader,
  backupManifest,
  HEADER_NAME,
  MANIFEST_NAME,
  pieceName,
  SEAL_NAME,
} from './format.ts';
import { MAX_HEADER_BYTES, MAX_ROW_BYTES } from './limits.ts';
import { KEPT_TABLES, type Part, partsOf } from './parts.ts';
import {
  readTarFile,
  refuseDamaged,
  refuseEntry,
  refuseForeign,
  refuseTruncated,
  type TarEntry,
} from './read-file.ts';
import { refuse } from './refusal.ts';

/** Something in a backup, and where its content begins in the file. */
export interface PlacedEntry extends BackupEntry {
  readonly offset: number;
}

/** A piece of a part. */
export interface PlacedPiece extends PlacedEntry {
  readonly part: Part;
}

/** A backup that is whole: all of it has the hash that it had when it was written. */
export interface CheckedBackup {
  readonly file: string;
  readonly header: BackupHeader;
  readonly manifest: BackupManifest;
  /** In the order in which they are to be restored. */
  readonly pieces: readonly PlacedPiece[];
  /** Media files whose content fits their name. */
  readonly media: readonly PlacedEntry[];
  /** Names of media files whose content does not: it was damaged when it was backed up. */
  readonly damaged: readonly string[];
}

/**
 * Reads a backup from its beginning to its end, and makes sure that it has nothing but what a backup has, in its order, with the right
 * hashes. Nothing of it is in memory for longer than it is needed, but for the list of what is in it. What is wrong is refused.
 *
 * @throws WidgyError `file-unreadable`
 */
export async function checkBackupFile(file: string): Promise<CheckedBackup> {
  const entries: PlacedEntry[] = [];
  const pieces: PlacedPiece[] = [];
  const media: PlacedEntry[] = [];
  const damaged: string[] = [];
  const names = new Set<string>();
  let header: BackupHeader | undefined;
  let manifest: BackupManifest | undefined;
  let places: Places | undefined;
  let seal = '';
  let isSealed = false;

  for await (const entry of readTarFile(file)) {
    const { name } = entry;
    if (isSealed || names.has(name) || (name === SEAL_NAME) !== (manifest !== undefined)) refuseEntry(name);
    names.add(name);
    if (header === undefined || places === undefined) {
      if (name !== HEADER_NAME) refuseForeign();
      const { text, placed } = await readText(entry, MAX_HEADER_BYTES);
      header = readHeader(text);
      places = placesOf(header);
      entries.push(placed);
    } else if (name === MANIFEST_NAME) {
      const { text, placed } = await readText(entry, MAX_ROW_BYTES);
      manifest = readJson(text, backupManifest) ?? refuseDamaged(name);
      seal = placed.sha256;
    } else if (name === SEAL_NAME) {
      const { text } = await readText(entry, MAX_HEADER_BYTES);
      if (text !== `${seal}\n`) refuseDamaged(MANIFEST_NAME);
      isSealed = true;
    } else {
      const place = places.next(name);
      if (place.kind === 'piece' && entry.size > MAX_ROW_BYTES) refuseEntry(name);
      const placed = await hashed(entry);
      entries.push(placed);
      if (place.kind === 'piece') pieces.push({ ...placed, part: place.part });
      else if (placed.sha256.startsWith(place.digest)) media.push(placed);
      else damaged.push(name);
    }
  }
  if (header === undefined) refuseForeign();
  if (manifest === undefined || !isSealed) refuseTruncated();
  checkEntries(entries, manifest.entries);
  return { file, header, manifest, pieces, media, damaged };
}

/** What stands where in a backup. */
interface Places {
  /** What an entry is by its name, where it may stand after those before. */
  next(
    name: string,
  ): { readonly kind: 'piece'; readonly part: Part } | { readonly kind: 'media'; readonly digest: string };
}

function placesOf({ tables }: BackupHeader): Places {
  const parts = partsOf(tables);
  let at = 0;
  let number = 0;
  return {
    next(name) {
      const digest = parseObjectName(name)?.digest;
      if (digest !== undefined) {
        at = parts.length;
        return { kind: 'media', digest };
      }
      const [current] = parts.slice(at, at + 1);
      if (current !== undefined && name === pieceName(current.name, number + 1)) {
        number += 1;
        return { kind: 'piece', part: current };
      }
      const skipped = parts.slice(at + 1).findIndex((part) => name === pieceName(part.name, 1));
      const part = skipped < 0 ? undefined : parts[at + 1 + skipped];
      if (part === undefined) refuseEntry(name);
      at += 1 + skipped;
      number = 1;
      return { kind: 'piece', part };
    },
  };
}

function readHeader(text: string): BackupHeader {
  const any = readJson(text, anyFormat) ?? refuseForeign();
  if (any.format !== BACKUP_FORMAT) refuseNewer(`its format is ${any.format}`);
  const header = readJson(text, backupHeader) ?? refuseDamaged(HEADER_NAME);
  const other = header.migrations.find((name, position) => released[position]?.name !== name);
  if (other !== undefined) refuseNewer(`its database had had the migration ${JSON.stringify(other)}`);
  const kept: ReadonlySet<string> = new Set(KEPT_TABLES.map(({ table }) => table));
  const unknown = Object.keys(header.tables).find((table) => !kept.has(table));
  if (unknown !== undefined) {
    refuse({
      ...{ code: 'backup-invalid', entry: HEADER_NAME },
      what: `the file has the table ${JSON.stringify(unknown)}, which this code does not know: use the code that made it`,
    });
  }
  return header;
}

function refuseNewer(why: string): never {
  const what = `the backup was made by a newer or another version of this code (${why}): use that version`;
  refuse({ code: 'backup-newer', what });
}

/** Something as its schema says; undefined where it is no JSON, or something else. */
function readJson<T>(text: string, schema: z.ZodType<T>): T | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function checkEntries(found: readonly BackupEntry[], told: readonly BackupEntry[]): void {
  for (const [index, { name, size, sha256 }] of found.entries()) {
    const own = told[index];
    if (own?.name !== name || own.size !== size || own.sha256 !== sha256) refuseDamaged(name);
  }
  const [missing] = told.slice(found.length);
  if (missing !== undefined) refuseDamaged(missing.name);
}

async function readText(entry: TarEntry, most: number) {
  if (entry.size > most) refuseEntry(entry.name);
  const bytes = await buffer(Readable.from(entry.content));
  const placed = await hashed({ ...entry, content: Readable.from([bytes]) });
  return { text: bytes.toString('utf8'), placed };
}

async function hashed({ name, size, offset, content }: TarEntry): Promise<PlacedEntry> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return { name, size, offset, sha256: hash.digest('hex') };
}
