import { formatPlace } from '../errors.ts';
import type { Diagnostic } from '../offline/diagnostic.ts';

/** A finding for a person: place, message and code on one line, what to do on the next. */
export function formatDiagnostic({
  severity,
  template,
  line,
  column,
  message,
  code,
  help,
}: Diagnostic): string {
  const place = template === undefined ? '' : `${formatPlace({ file: template, line, column })}: `;
  return `${severity} ${place}${message} [${code}]\n    ${help}`;
}

/** The findings that were asked for, and a line about the rest. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], isVerbose: boolean): string[] {
  const notes = diagnostics.filter(({ severity }) => severity === 'note').length;
  const shown = shownDiagnostics(diagnostics, isVerbose).map(formatDiagnostic);
  return isVerbose || notes === 0 ? shown : [...shown, `${count(notes, 'note')}: --verbose shows them`];
}

/** Errors and warnings; notes only if asked for. */
export function shownDiagnostics(diagnostics: readonly Diagnostic[], isVerbose: boolean): Diagnostic[] {
  return diagnostics.filter(({ severity }) => isVerbose || severity !== 'note');
}

/** How much there is to mend: `2 errors, 1 warning`. */
export function total(diagnostics: readonly Diagnostic[]): string {
  const number = (severity: Diagnostic['severity']) =>
    diagnostics.filter((one) => one.severity === severity).length;
  return `${count(number('error'), 'error')}, ${count(number('warning'), 'warning')}`;
}

/** `1 block`, `2 blocks`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Time for people: `640 ms`, `1.5 s`. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
