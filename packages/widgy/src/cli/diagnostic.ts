import type { Version } from '../documents/commits/versions.ts';
import { advice, type ErrorCode, type WidgyError } from '../errors.ts';
import type { JsonObject } from '../tree/json.ts';

/** One thing that a command found: what, where, and what to do about it. Plain data. */
export interface Diagnostic {
  readonly code: string;
  /** `note` asks for nothing; it is printed on demand. */
  readonly severity: 'error' | 'warning' | 'note';
  /** The document that it is about, and in which of its versions. */
  readonly document?: string;
  readonly versions?: readonly Version[];
  /** The name of the setting that it is about. */
  readonly setting?: string;
  readonly widget?: string;
  /** The widgets, where it is about all of one type. */
  readonly widgets?: readonly string[];
  /** The type of widgets. */
  readonly type?: string;
  /** The field, as a JSON Pointer into the fields; for a file that is imported, a JSON Pointer into it. */
  readonly path?: string;
  /** The file of a template, and where in it. */
  readonly template?: string;
  readonly line?: number;
  readonly column?: number;
  /** For what happened while a widget was rendered: the data it was rendered with. */
  readonly fields?: JsonObject;
  readonly message: string;
  /** What to do about it. */
  readonly help: string;
  /** There and true for what `--fix` repaired. */
  readonly isFixed?: true;
}

/** A diagnostic for an error of the catalogue. */
export function errorDiagnostic({ code, summary, help }: WidgyError): Diagnostic {
  return { code, severity: 'error', message: summary, help };
}

/** The advice of the catalogue. */
export function helpFor(code: ErrorCode): string {
  return advice[code];
}

/** A diagnostic for a person: place, message and code on one line, what to do on the next. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { severity, message, code, help, isFixed, fields } = diagnostic;
  const place = placeOf(diagnostic);
  const head = `${isFixed ? 'fixed' : severity} ${place === '' ? '' : `${place}: `}${message} [${code}]`;
  const data = fields === undefined ? [] : [`rendered with ${shortened(JSON.stringify(fields))}`];
  return [head, ...data, help].join('\n    ').replace(CONTROLS, '\ufffd');
}

function placeOf({
  setting,
  document,
  versions,
  widget,
  type,
  path,
  template,
  line,
  column,
}: Diagnostic): string {
  const where = [
    template && [template, line, column].filter((part) => part !== undefined).join(':'),
    setting && `setting ${setting}`,
    document && `document ${document}`,
    versions && versionsText(versions),
    type && (widget === undefined ? `type ${type}` : `widget ${widget} (${type})`),
    path && `at ${path}`,
  ];
  return where.filter((part) => part !== undefined && part !== '').join(', ');
}

function versionsText(versions: readonly Version[]): string {
  return versions.map((version) => (version === 'draft' ? 'draft' : `commit ${version}`)).join(', ');
}

function shortened(text: string): string {
  return text.length <= MAX_PRINTED_DATA ? text : `${text.slice(0, MAX_PRINTED_DATA)}…`;
}

/** UTF-16 units of data that are printed for a person; `--json` has all of it. */
export const MAX_PRINTED_DATA = 300;

/** What would do something to a terminal. Content is not trusted, and messages quote it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** The diagnostics that are shown to a person: notes only if asked for, and else a line that tells how many there are. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], isVerbose: boolean): readonly string[] {
  const shown = diagnostics.filter(({ severity }) => isVerbose || severity !== 'note');
  const hidden = diagnostics.length - shown.length;
  const rest = hidden === 0 ? [] : [`${count(hidden, 'note')}: --verbose shows them`];
  return [...shown.map(formatDiagnostic), ...rest];
}

/** Whether something is wrong that nobody has repaired. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity, isFixed }) => severity === 'error' && !isFixed);
}

/** `1 document`, `2 documents`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
