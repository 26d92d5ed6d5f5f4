import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { trustedAuthor } from '../documents/author.ts';
import { MAX_DOCUMENT_FILE_BYTES } from '../documents/files/document-file.ts';
import {
  type Imported,
  type ImportRefusal,
  type ImportRequest,
  importDocument,
} from '../documents/files/import-document.ts';
import { danglingDiagnostic, findingDiagnostics } from './content-diagnostics.ts';
import { count, type Diagnostic, formatDiagnostic, formatDiagnostics } from './diagnostic.ts';
import { type Options, usage } from './options.ts';
import type { CommandContext, Outcome } from './outcome.ts';

/** `widgy import FILE`: makes a document of a file, or says what is against it. */
export async function importCommand(options: Options, context: CommandContext): Promise<Outcome> {
  const { operand = '', id, owner, isForced, isVerbose } = options;
  const file = resolve(context.directory, operand);
  const text = await read(file);
  if (text === undefined) {
    const message = `the file has more than ${MAX_DOCUMENT_FILE_BYTES} bytes`;
    return refused({
      code: 'file-invalid',
      what: message,
      problems: [{ code: 'too-large', path: '', message }],
    });
  }
  const request: ImportRequest = { text, id, owner, isForced };
  const imported = await context.withDocuments((store) => importDocument(store, request, trustedAuthor()));
  if (!imported.ok) return refused(imported.refusal);
  const { document, commits, trees } = imported;
  const diagnostics = keptDiagnostics(imported);
  return {
    status: 0,
    json: { document, commits, trees, diagnostics },
    text: [`document ${document} made, with ${count(commits, 'commit')} and ${count(trees, 'tree')}`],
    messages: formatDiagnostics(diagnostics, isVerbose),
  };
}

/** The text of a file; undefined if it is larger than any that is taken. */
async function read(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    return size > MAX_DOCUMENT_FILE_BYTES ? undefined : await readFile(file, 'utf8');
  } catch (cause) {
    throw usage(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function refused(refusal: ImportRefusal): Outcome {
  const diagnostics = refusalDiagnostics(refusal);
  const messages = [...diagnostics.map(formatDiagnostic), 'nothing was imported'];
  return { status: 1, json: { diagnostics }, text: [], messages };
}

function refusalDiagnostics(refusal: ImportRefusal): readonly Diagnostic[] {
  switch (refusal.code) {
    case 'file-invalid':
      return refusal.problems.map(({ code, path, message }) => ({
        ...{ code, severity: 'error', message, help: 'Export the document again.' },
        ...(path === '' ? {} : { path }),
      }));
    case 'content-refused':
      return findingDiagnostics(refusal.findings, () => 'error').map((found) => ({
        ...found,
        help: 'Correct it where it was exported, or keep it as it is with --force.',
      }));
    case 'links-missing':
      return refusal.links.map((link) => ({
        ...danglingDiagnostic(link, 'error'),
        help: 'Make what it points at first, or keep the link with --force.',
      }));
    default:
      return [
        { code: refusal.code, severity: 'error', message: refusal.what, help: HELP.get(refusal.code) ?? SEE },
      ];
  }
}

const HELP: ReadonlyMap<ImportRefusal['code'], string> = new Map([
  ['document-exists', 'Give the new document another id with --id.'],
  [
    'owner-taken',
    'Give the new document another owner with --owner TYPE/ID/FIELD, or none with --owner none.',
  ],
]);

const SEE = 'Correct what is named, and import again.';

/** What is to be said of a document that was made. */
function keptDiagnostics({ document, findings, missing, unapproved }: Imported): readonly Diagnostic[] {
  const found = findingDiagnostics(findings, () => 'warning').map((one) => ({
    ...one,
    ...(one.code === 'field-unsafe' ? { help: 'It was taken out. Look at what is left.' } : {}),
    document,
  }));
  const dangling = missing.map((link) => ({ ...danglingDiagnostic(link, 'warning'), document }));
  const lost = unapproved.map((commit): Diagnostic => {
    const message = 'the commit was approved with a content that was changed by sanitising';
    const help = 'Approve it again, if it is still to be shown.';
    return { code: 'approval-dropped', severity: 'warning', document, versions: [commit], message, help };
  });
  return [...found, ...dangling, ...lost];
}
