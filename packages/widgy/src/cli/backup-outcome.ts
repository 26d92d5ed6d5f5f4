import type { BackupRefusal } from '../backup/refusal.ts';
import { count, type Diagnostic, formatDiagnostic } from './diagnostic.ts';
import type { Outcome } from './outcome.ts';

/** What is said of a backup that was refused. */
export function backupRefused({ code, what }: BackupRefusal, end: string): Outcome {
  const diagnostic: Diagnostic = { code, severity: 'error', message: what, help: SEE };
  return {
    status: 1,
    json: { diagnostics: [diagnostic] },
    text: [],
    messages: [formatDiagnostic(diagnostic), end],
  };
}

const SEE = 'The database and the uploaded files are as they were.';

/** `12 rows and 3 uploaded files`. */
export function contentText({
  rows,
  media,
}: {
  readonly rows: Readonly<Record<string, number>>;
  readonly media: { readonly files: number };
}): string {
  const all = Object.values(rows).reduce((sum, number) => sum + number, 0);
  return `${count(all, 'row')} and ${count(media.files, 'uploaded file')}`;
}

/** What is said of uploaded files that are not there, or not what they were; nothing where there are none. */
export function mediaDiagnostics(
  code: 'media-missing' | 'media-damaged',
  names: readonly string[],
): readonly Diagnostic[] {
  if (names.length === 0) return [];
  const rest = names.length - TOLD_NAMES;
  const told = `${names.slice(0, TOLD_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const message =
    code === 'media-missing'
      ? `the storage does not have ${count(names.length, 'uploaded file')}: ${told}`
      : `${count(names.length, 'uploaded file')} had been damaged when the backup was made: ${told}`;
  return [
    { code, severity: 'warning', message, help: 'Look for them in an older backup, or upload them again.' },
  ];
}

/** So many names are told; `--json` has all of them. */
const TOLD_NAMES = 10;
