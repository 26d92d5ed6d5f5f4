import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type DocumentFile,
  formatDocumentFile,
  MAX_DOCUMENT_FILE_BYTES,
} from '../documents/files/document-file.ts';
import { exportDocument } from '../documents/files/export-document.ts';
import { utf8Length } from '../tree/json.ts';
import { count, type Diagnostic, formatDiagnostic } from './diagnostic.ts';
import { type Options, usage } from './options.ts';
import type { CommandContext, Outcome } from './outcome.ts';

/** `widgy export DOCUMENT`: prints a document as a file, or writes it where `--to` says. */
export async function exportCommand(
  { operand = '', to }: Options,
  { withDatabase, directory }: CommandContext,
): Promise<Outcome> {
  const exported = await withDatabase('require', (database) => exportDocument({ database }, operand));
  if (!exported.ok) {
    const { code, what } = exported.refusal;
    const diagnostic: Diagnostic = {
      ...{ code, severity: 'error', message: what },
      help: 'Name a document of this database by its id.',
    };
    const messages = [formatDiagnostic(diagnostic)];
    return { status: 1, json: { diagnostics: [diagnostic] }, text: [], messages };
  }
  const text = formatDocumentFile(exported.file);
  const bytes = utf8Length(text);
  const diagnostics = bytes > MAX_DOCUMENT_FILE_BYTES ? [tooLarge(exported.file, bytes)] : [];
  const messages = diagnostics.map(formatDiagnostic);
  // It has its line's end already.
  if (to === undefined) return { status: 0, json: undefined, text: [text.trimEnd()], messages };
  const { document, commits, trees } = exported.file;
  const file = resolve(directory, to);
  await write(file, text);
  return {
    status: 0,
    json: { document, file, bytes, commits: commits.length, trees: trees.size, diagnostics },
    text: [
      `document ${document} with ${count(commits.length, 'commit')} and ${count(trees.size, 'tree')} written to ${to}`,
    ],
    messages,
  };
}

/** Writes a file whole or not at all, for nobody else to read: it may hold what is not published. */
async function write(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(unfinished, text, { mode: 0o600, flag: 'wx' });
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw usage(`${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function tooLarge({ document }: DocumentFile, bytes: number): Diagnostic {
  return {
    code: 'too-large',
    severity: 'warning',
    document,
    message: `the file has ${bytes} bytes, and widgy import takes ${MAX_DOCUMENT_FILE_BYTES}`,
    help: 'Import it with importDocument in a program, with a higher maxBytes.',
  };
}
