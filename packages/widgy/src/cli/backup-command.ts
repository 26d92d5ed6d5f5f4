import { resolve } from 'node:path';
import { createBackup } from '../backup/create-backup.ts';
import { openMediaStorage, readVariable, widgyEnvironment } from '../config/index.ts';
import type { Database } from '../database/database.ts';
import { backupRefused, contentText, mediaDiagnostics } from './backup-outcome.ts';
import { formatDiagnostics } from './diagnostic.ts';
import type { Options } from './options.ts';
import type { CommandContext, Outcome } from './outcome.ts';

/** `widgy backup FILE`: writes all that the site has into one file, while it is being used. */
export async function backupCommand(
  { operand = '', isVerbose }: Options,
  { withDatabase, directory, environment }: CommandContext,
): Promise<Outcome> {
  const location = readVariable('MEDIA_URL', widgyEnvironment.MEDIA_URL, environment);
  const media = await openMediaStorage(location, directory);
  const file = resolve(directory, operand);
  const made = await withDatabase('require', (database: Database) =>
    createBackup({ database, media }, file),
  ).finally(() => media.close?.());
  if (!made.ok) return backupRefused(made.refusal, 'nothing was backed up');
  const { rows, missing } = made;
  const diagnostics = mediaDiagnostics('media-missing', missing);
  return {
    status: 0,
    json: { file, rows, media: made.media, missing, diagnostics },
    text: [`${contentText(made)} written to ${operand}`],
    messages: formatDiagnostics(diagnostics, isVerbose),
  };
}
