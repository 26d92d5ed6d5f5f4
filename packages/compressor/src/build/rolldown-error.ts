import { resolve } from 'node:path';
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
  const named = problem.loc?.file ?? problem.id;
  const isReal = named !== undefined && !named.startsWith('\0');
  const path = isReal ? resolve(finder.base, named) : fallbackPath;
  return toolError(
    finder,
    IMPORT_PROBLEMS.has(problem.code ?? '') ? 'import-missing' : 'script-syntax',
    plainMessage(problem.message),
    {
      path,
      line: (isReal && problem.loc?.line) || 1,
      column: ((isReal && problem.loc?.column) || 0) + 1,
      text: textOf(path),
    },
    { cause: problem },
  );
}

/** Rolldown puts a code before the message and its own code frame, or the reason why it cannot read a file, after the first line. */
function plainMessage(message: string): string {
  const [first = message, ...rest] = message.split('\n');
  const reason = rest.find((line) => /valid UTF-8/.test(line));
  return [first.replace(/^\[\w+\] /, ''), ...(reason === undefined ? [] : [reason.replace(/^\W+/, '')])]
    .map((line) => line.trim())
    .join(': ');
}
