/**
 * The catalogue of everything the compressor can say went wrong. A code is stable: it may be searched for,
 * filtered on and linked to. Each entry is the advice that goes with the code when the place that
 * throws has nothing more precise to say.
 */
export const advice = {
  usage: 'Run compressor --help to see the commands and their options.',
  'config-invalid': 'Correct the named option; the manual lists all options under "Configuration".',
  'config-unknown-key': 'Remove the option or correct its name.',
  'config-not-found':
    'Create compressor.config.ts, or pass the path of the file that holds the configuration.',
  'tag-syntax': 'Write {% compress css|js [file|inline|preload] [name] [attributes] %} … {% endcompress %}.',
  'request-invalid':
    'Give a nonce of letters, digits, "+", "/", "-", "_" and "=", and a URL such as "/assets/" or "https://cdn.example.com/assets/".',
  'tag-async': 'Render with the asynchronous method of the engine: building takes time.',
  'markup-unclosed': 'Close the element inside the block.',
  'path-invalid': 'Name a file below the static folders, with forward slashes.',
  'path-outside-root':
    'Move the file below one of the static folders, or add the folder that holds it to static.roots.',
  'source-missing': 'Check the spelling, and that the file is in one of the static folders.',
  'source-is-directory': 'Name a file in the folder instead of the folder.',
  'source-unreadable': 'Let the user that runs the server read the file.',
  'source-too-large': 'Serve the file on its own with {% static %}, or raise limits.sourceBytes.',
  'source-encoding': 'Save the file as UTF-8, or name its encoding with charset="…" on the element.',
  'source-unstable': 'Wait until whatever rewrites the file is done, then reload.',
  'encoding-unknown': 'Use a label of the WHATWG Encoding Standard, such as utf-8 or windows-1252.',
  'package-missing': 'Install the package, and list it in the dependencies of the site.',
  'import-loop': 'Break the loop: move what both files need into a third one.',
  'import-missing': 'Check the path; it is resolved against the file that imports it.',
  'import-external-late':
    'Put the @import of the other site first, before the imports of local files, or use a <link> for it.',
  'style-syntax': 'Correct the style sheet at the place shown.',
  'script-syntax': 'Correct the script at the place shown.',
  'script-is-module': 'Add type="module" to the element, or remove the import and export statements.',
  'reference-missing': 'Check the path; it is resolved against the file it is written in.',
  'transformer-missing': 'Add a transformer for this kind of file to build.transformers.',
  'transformer-failed': 'Correct the source at the place shown.',
  'tool-missing': 'Install the named package beside the compressor.',
  'recipe-too-long':
    'Move inline text into a file, name fewer files in one block, or set output.shared when all servers share the output.',
  'template-syntax': 'Correct the template at the place shown.',
  'template-missing': 'Check the name; it is looked up in templates.roots.',
  'template-encoding': 'Save the template as UTF-8.',
  'template-failed': 'Correct the template, or what it calls, at the place shown.',
  'variable-missing':
    'Add the variable to offline.context; on a site of Widgy, to variables of offlineContext. Where a page may be without it, give it the value null there.',
  'variable-varies':
    'Move what changes from request to request out of the block, for instance into a data attribute.',
  'variable-changes':
    'Use it outside of the block, make it fixed, or run compressor compress again whenever it is changed.',
  'block-unreached':
    'Remove the block, or show it: its parent has no block of that name, or a tag of your own hides what is inside it.',
  'block-undecided': 'Add a context in which the list has items.',
  'block-missing': 'Run compressor compress with the sources and templates that this server has.',
  'include-undecided': 'Add what the name depends on to offline.context, if blocks are shown this way only.',
  'no-blocks': 'Check templates.roots, templates.extensions, offline.include and offline.exclude.',
  'context-failed': 'Correct what supplies the context.',
  'context-timeout': 'Make it answer, or raise offline.timeout.',
  'budget-exceeded':
    'Take out what weighs most, load it later with import(), or raise the budget; compressor report shows what weighs what.',
  'budget-unmatched': 'Correct the pattern of the budget, or remove it.',
  'kind-failed': 'Correct the source, or the functions of the kind in build.kinds.',
  'hook-failed': 'Correct the function in hooks of the configuration.',
  'manifest-missing':
    'Run compressor compress, or npm run compress where package.json has that script, and deploy the manifest beside the code.',
  'manifest-invalid': 'Run compressor compress again.',
  'static-circular': 'Put one of the two into a block, which joins what belongs together.',
  'release-missing': 'Run compressor releases to see which there are, or publish it again.',
  'release-taken': 'Choose another id, or leave --release out: the id is then made from the content.',
  'artifact-missing':
    'Run compressor compress again. If it stays so, the storage loses what is written to it.',
  'gc-running': 'Wait until it is done, then run compressor gc again.',
  'storage-failed': 'Check that the output folder exists, is writable and has space left.',
} as const satisfies Record<string, string>;

/** A stable name for one kind of failure; see {@link advice}. */
export type ErrorCode = keyof typeof advice;

/** Whether a value is a code of the catalogue. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(advice, value);
}

/** Where something is: a file by its logical name (never an absolute path) and, if known, line and column from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Which block of the page it is, from 1, where an engine does not know lines. */
  readonly block?: number | undefined;
}

/** What an error carries beside its code. */
export interface ErrorDetails {
  /** What happened, in one sentence that names the thing it happened to. */
  readonly message: string;
  readonly place?: Place | undefined;
  /** What to do about it, where that is more than the catalogue's advice. */
  readonly help?: string | undefined;
  /** The lines around the place, with a mark under it. */
  readonly frame?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The only error the compressor throws on purpose. `message` is complete for a person: what happened, where,
 * and what to do. The parts are there for programs.
 */
export class CompressorError extends Error {
  override readonly name = 'CompressorError';
  readonly code: ErrorCode;
  /** What happened, without place and advice. */
  readonly summary: string;
  readonly place: Place | undefined;
  readonly help: string;
  readonly frame: string | undefined;

  constructor(code: ErrorCode, details: ErrorDetails) {
    const help = details.help ?? advice[code];
    const where = details.place === undefined ? '' : `${formatPlace(details.place)}: `;
    const frame = details.frame === undefined ? '' : `\n${details.frame}`;
    super(`${where}${details.message} [${code}]${frame}\n${help}`, { cause: details.cause });
    this.code = code;
    this.summary = details.message;
    this.place = details.place;
    this.help = help;
    this.frame = details.frame;
  }
}

/** `file:line:column`, as terminals and editors link it. */
export function formatPlace({ file, line, column, block }: Place): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return block === undefined ? place : `${place}, block ${block}`;
}

/**
 * The lines around a place with a mark under the column, for terminals and the overlay.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 code units
 */
export function codeFrame(text: string, line: number, column = 1): string {
  const lines = text.split(/\r\n?|\n/);
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 2);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const content = (lines[number - 1] ?? '').slice(0, FRAME_COLUMNS);
    frame.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${content}`);
    if (number === line) {
      frame.push(`  ${' '.repeat(width)} | ${' '.repeat(Math.min(column, FRAME_COLUMNS) - 1)}^`);
    }
  }
  return frame.join('\n');
}

/** A frame never shows more of a line than this: minified sources have lines of many thousand characters. */
const FRAME_COLUMNS = 160;
