import type { CompressorError } from '../errors.ts';
import type { Finder } from '../sources/finder.ts';
import { toolError } from './locate.ts';

/** What Rolldown and the Oxc tools in it say of one problem; lines count from 1, columns from 0. */
interface Problem {
  readonly code?: string;
  readonly message: string;
  readonly id?: string;
  readonly loc?: { readonly file?: string; readonly line: number; readonly column: number };
}

/** Problems that are about an import, not about syntax. */
const IMPORT_PROBLEMS = new Set(['UNRESOLVED_IMPORT', 'MISSING_EXPORT']);

/**
 * A problem of the script tools as an error of the catalogue.
 *
 * @param textOf the text of a file that is not on disk as it was built
 */
export function rolldownError(
  finder: Finder,
  problem: Problem,
  textOf: (path: string) => string | undefined,
  fallbackPath: string,
): Promise<CompressorError> {
  const path = problem.loc?.file ?? problem.id ?? fallbackPath;
  return toolError(
    finder,
    IMPORT_PROBLEMS.has(problem.code ?? '') ? 'import-missing' : 'script-syntax',
    plainMessage(problem.message),
    { path, line: problem.loc?.line ?? 1, column: (problem.loc?.column ?? 0) + 1, text: textOf(path) },
    { cause: problem },
  );
}

/** Rolldown puts a code before the message and its own code frame after the first line. */
function plainMessage(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/^\[\w+\] /, '').trim();
}
