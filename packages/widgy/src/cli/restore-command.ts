import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RefusedBackup } from '../backup/refusal.ts';
import { type BackupContent, restoreBackup } from '../backup/restore-backup.ts';
import { openMediaStorage, readVariable, widgyEnvironment } from '../config/index.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import type { DocumentStore } from '../documents/store.ts';
import { openPages, reindexPages } from '../pages/index.ts';
import { backupRefused, contentText, mediaDiagnostics } from './backup-outcome.ts';
import { checkDocuments } from './check-documents.ts';
import { type Diagnostic, formatDiagnostics, hasErrors } from './diagnostic.ts';
import type { Options } from './options.ts';
import type { CommandContext, Outcome } from './outcome.ts';

/** `widgy restore FILE`: brings back what a backup holds, or says with `--verify` whether it could. */
export async function restoreCommand(options: Options, context: CommandContext): Promise<Outcome> {
  const file = resolve(context.directory, options.operand ?? '');
  return options.isVerifying ? await verify(file, options, context) : await restore(file, options, context);
}

async function restore(
  file: string,
  { operand, isVerbose }: Options,
  { withDatabase, documentsIn, directory, environment }: CommandContext,
): Promise<Outcome> {
  const location = readVariable('MEDIA_URL', widgyEnvironment.MEDIA_URL, environment);
  const media = await openMediaStorage(location, directory);
  try {
    return await withDatabase('ignore', async (database) => {
      const restored = await restoreBackup({ database, media }, file);
      if (!restored.ok) return backupRefused(restored.refusal, 'nothing was restored');
      await reindex(await documentsIn(database));
      const diagnostics = damages(restored);
      return {
        status: 0,
        json: { file, ...told(restored), diagnostics },
        text: [`${contentText(restored)} restored from ${operand}, made at ${timeOf(restored)}`],
        messages: formatDiagnostics(diagnostics, isVerbose),
      };
    });
  } finally {
    await media.close?.();
  }
}

/** What is searched is not in a backup: it is made anew of the documents, for each site of the database. */
async function reindex(documents: DocumentStore): Promise<void> {
  const { kysely } = documents.database;
  const sites = await kysely.selectFrom('pages').select('site').distinct().execute();
  const [first, ...more] = [...documents.site.catalogue.values()].flatMap(({ type, isRootChoice }) =>
    isRootChoice ? type : [],
  );
  if (first === undefined) return;
  for (const { site } of sites)
    await reindexPages(openPages({ documents, site, rootTypes: [first, ...more] }));
}

/** Restores a backup where nobody sees it, and checks the documents that are there then. */
async function verify(
  file: string,
  { operand, isVerbose }: Options,
  { documentsIn }: CommandContext,
): Promise<Outcome> {
  const verified = await inNowhere(file, async (restored, database) => ({
    ...restored,
    found: await checkDocuments(await documentsIn(database), { withHistory: false, isFixing: false }),
  }));
  if (!verified.ok) return backupRefused(verified.refusal, 'the backup is not good');
  const { found, ...content } = verified;
  const diagnostics = [...damages(content), ...found.diagnostics];
  return {
    status: hasErrors(diagnostics) ? 1 : 0,
    json: { file, ...told(content), documents: found.documents, diagnostics },
    text: [`${operand} is whole: ${contentText(content)}, made at ${timeOf(content)}`],
    messages: formatDiagnostics(diagnostics, isVerbose),
  };
}

/** Does something with what a backup holds, in a database that is gone afterwards. Uploaded files are only read. */
async function inNowhere<T>(
  file: string,
  step: (restored: BackupContent, database: Database) => Promise<T>,
): Promise<T | RefusedBackup> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-verify-'));
  try {
    const database = await openDatabase({ url: `sqlite:${join(folder, 'site.db')}`, migrations: 'ignore' });
    try {
      const media = { write: async () => true, remove: async () => {} };
      const restored = await restoreBackup({ database, media }, file);
      return restored.ok ? await step(restored, database) : restored;
    } finally {
      await database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function damages({ missing, damaged }: BackupContent): readonly Diagnostic[] {
  return [...mediaDiagnostics('media-missing', missing), ...mediaDiagnostics('media-damaged', damaged)];
}

function told({ madeAt, rows, media, missing, damaged }: BackupContent) {
  return { madeAt, rows, media, missing, damaged };
}

function timeOf({ madeAt }: BackupContent): string {
  return new Date(madeAt).toISOString();
}
