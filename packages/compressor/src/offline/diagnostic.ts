import type { CompressorError, ErrorCode, Place } from '../errors.ts';

/** How much a finding matters: an error fails the build; a note is only counted unless asked for. */
export type Severity = 'error' | 'warning' | 'note';

/** A located finding. */
export interface Diagnostic {
  readonly code: ErrorCode;
  readonly severity: Severity;
  /** The template, or the file where there is none. */
  readonly template: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
}

/** A finding from an error. Where the error knows no place, it is at the given one. */
export function diagnosticOf(error: CompressorError, severity: Severity, place = error.place): Diagnostic {
  const elsewhere =
    error.place !== undefined && error.place.file !== place?.file ? placeText(error.place) : '';
  return {
    code: error.code,
    severity,
    template: place?.file,
    line: place?.line,
    column: place?.column,
    message: elsewhere + error.summary,
    help: error.help,
  };
}

function placeText({ file, line, column }: Place): string {
  return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
}

/** Codes that are warnings unless something more is known. */
const WARNINGS: ReadonlySet<ErrorCode> = new Set([
  ...(['no-blocks', 'include-undecided', 'budget-unmatched', 'variable-changes'] as const),
]);

/** How much a finding with a code matters for a site. */
export function severityOf(code: ErrorCode, allow: readonly ErrorCode[]): Severity {
  return WARNINGS.has(code) || allow.includes(code) ? 'warning' : 'error';
}

/** Sorts findings as a reader goes through them, each once: by template, line, column and code. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unique = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...unique.values()].sort(
    (a, b) =>
      compare(a.template ?? '', b.template ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

/** By code units, the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
