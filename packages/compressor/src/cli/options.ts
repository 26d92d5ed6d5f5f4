import { parseArgs } from 'node:util';
import { CompressorError } from '../errors.ts';
import { isReleaseId } from '../releases/release.ts';

/** The commands, with what each is for. */
export const commands = {
  compress: 'Build every block ahead of time and write artifacts and manifest.',
  check: 'Say what each block hangs on and what is wrong, and write nothing.',
  report: 'Say what pages, blocks and sources weigh and what is loaded twice, and write nothing.',
  render: 'Print a page as the configured mode emits it.',
  collect: 'Do what compress does, and publish every static file with it.',
  releases: 'List the releases in the storage.',
  gc: 'Delete old releases, and the files that no other release needs.',
} as const;

export type Command = keyof typeof commands;

/** What was asked for on the command line. */
export interface Options {
  readonly command: Command;
  /** What stands beside the options: the template for `render`. */
  readonly operands: readonly string[];
  readonly config: string | undefined;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly engine: string | undefined;
  readonly workers: number | undefined;
  readonly context: string | undefined;
  readonly mode: string | undefined;
  readonly html: string | undefined;
  readonly release: string | undefined;
  /** How many releases to keep. */
  readonly keep: number;
  /** What is younger is kept, in milliseconds. */
  readonly olderThan: number;
  readonly isJson: boolean;
  readonly isDryRun: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  readonly withCache: boolean;
  readonly withEncodings: boolean;
  readonly isThorough: boolean;
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const ALL = ['compress', 'check', 'report', 'render', 'collect', 'releases', 'gc'] as const;
const BUILDING = ['compress', 'collect'] as const;
const ANALYSING = ['compress', 'check', 'report', 'collect'] as const;

/** The options of the commands: what each takes, which of them, and what it does. */
const KNOWN = {
  config: {
    ...text,
    of: ALL,
    value: 'FILE',
    help: 'default: compressor.config.ts',
  },
  include: {
    ...texts,
    of: ANALYSING,
    value: 'PATTERN',
    help: 'only these templates; may be repeated',
  },
  exclude: {
    ...texts,
    of: ANALYSING,
    value: 'PATTERN',
    help: 'not these templates; may be repeated',
  },
  engine: { ...text, of: [...ANALYSING, 'render'], value: 'NAME', help: 'liquid or nunjucks' },
  workers: {
    ...text,
    of: ANALYSING,
    value: 'N',
    help: 'how many bundles are built at once; default: 4',
  },
  context: { ...text, of: ['render'], value: 'FILE', help: 'JSON with the variables of the page' },
  mode: {
    ...text,
    of: ['render'],
    value: 'MODE',
    help: 'development, in-request or offline; default: as configured',
  },
  html: { ...text, of: ['report'], value: 'FILE', help: 'write the report as one page, too' },
  release: { ...text, of: BUILDING, value: 'ID', help: 'default: the hash of the manifest' },
  'fail-on-missing': { ...flag, of: BUILDING, value: '', help: 'ask the storage for each file at the end' },
  keep: { ...text, of: ['gc'], value: 'N', help: 'releases to keep, the newest; default: 5' },
  'older-than': {
    ...text,
    of: ['gc'],
    value: 'TIME',
    help: 'keep what is younger, such as 12h or 7d; default: 7d',
  },
  json: { ...flag, of: [...ANALYSING, 'releases', 'gc'], value: '', help: 'print one JSON object' },
  'dry-run': { ...flag, of: [...BUILDING, 'gc'], value: '', help: 'do everything but writing' },
  'no-cache': { ...flag, of: ANALYSING, value: '', help: 'build everything anew' },
  'no-encodings': { ...flag, of: BUILDING, value: '', help: 'keep artifacts plain only' },
  quiet: { ...flag, short: 'q', of: ANALYSING, value: '', help: 'print errors only' },
  verbose: {
    ...flag,
    short: 'v',
    of: [...ANALYSING, 'render'],
    value: '',
    help: 'print notes, and each step',
  },
} as const;

/**
 * Reads the command line.
 *
 * @returns a text to print, if help or the version was asked for
 * @throws CompressorError `usage`
 */
export function parseOptions(given: readonly string[], version: string): Options | string {
  const { values, positionals } = parse(given);
  if (values.version) return version;
  const [command, ...operands] = positionals;
  if (values.help || command === undefined) return helpText();
  if (!isCommand(command)) {
    throw usage(`there is no command "${command}"`, `Commands are ${Object.keys(commands).join(', ')}.`);
  }
  for (const [name, { of }] of Object.entries(KNOWN)) {
    const isGiven = Object.hasOwn(values, name);
    if (isGiven && !of.some((other) => other === command)) throw usage(`${command} has no option --${name}`);
  }
  const wanted = command === 'render' ? 1 : 0;
  if (operands.length !== wanted) {
    throw usage(
      wanted === 1 ? 'render needs the name of one template' : `${command} takes no "${operands[0]}"`,
      wanted === 1 ? 'Write compressor render home.liquid.' : undefined,
    );
  }
  return {
    command,
    operands,
    config: values.config,
    include: values.include,
    exclude: values.exclude,
    engine: values.engine,
    workers: values.workers === undefined ? undefined : countOf('workers', values.workers, MOST_WORKERS),
    context: values.context,
    mode: values.mode,
    html: values.html,
    release: values.release === undefined ? undefined : releaseOf(values.release),
    keep: values.keep === undefined ? 5 : countOf('keep', values.keep, MOST_RELEASES),
    olderThan: durationOf(values['older-than'] ?? '7d'),
    isJson: values.json ?? false,
    isDryRun: values['dry-run'] ?? false,
    isQuiet: values.quiet ?? false,
    isVerbose: values.verbose ?? false,
    withCache: values['no-cache'] !== true,
    withEncodings: values['no-encodings'] !== true,
    isThorough: values['fail-on-missing'] ?? false,
  };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: { ...KNOWN, help: { ...flag, short: 'h' }, version: flag },
      allowPositionals: true,
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.replace(/\. To specify .*$/s, '') : String(cause);
    throw usage(message.charAt(0).toLowerCase() + message.slice(1));
  }
}

function countOf(option: string, value: string, most: number): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw usage(`--${option} needs a number from 1 to ${most}, not "${value}"`);
  }
  return count;
}

const MOST_WORKERS = 256;
const MOST_RELEASES = 10_000;

function durationOf(value: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const length = UNITS[unit];
  if (length === undefined) {
    throw usage(`--older-than needs a time such as 30m, 12h or 7d, not "${value}"`);
  }
  return Number(number) * length;
}

/** In milliseconds. */
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function releaseOf(value: string): string {
  if (isReleaseId(value)) return value;
  throw usage(
    `--release needs up to 100 letters, digits, ".", "_" and "-", with a letter or digit first, not "${value}"`,
  );
}

function isCommand(value: string): value is Command {
  return Object.hasOwn(commands, value);
}

function usage(message: string, help?: string): CompressorError {
  return new CompressorError('usage', { message, help });
}

/** All commands and options on one page. */
export function helpText(): string {
  const options = Object.entries(KNOWN).map(([name, { value, help, of }]) => {
    const left = `  --${name}${value === '' ? '' : ` ${value}`}`;
    const only = of.length < Object.keys(commands).length ? ` (${of.join(', ')})` : '';
    return `${left.padEnd(22)}${help}${only}`;
  });
  return [
    'compressor COMMAND [OPTIONS]',
    '',
    ...Object.entries(commands).map(([name, help]) => `  ${name.padEnd(20)}${help}`),
    '',
    ...options,
    `${'  --help, --version'.padEnd(22)}print this, or the version`,
    '',
    'Exit status: 0 done, 1 something is wrong with templates, sources or contexts, 2 wrong usage or configuration.',
  ].join('\n');
}
