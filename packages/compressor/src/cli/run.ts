import { CompressorError } from '../errors.ts';
import { diagnosticOf } from '../offline/diagnostic.ts';
import { configurationOf } from './configuration.ts';
import { type Options, parseOptions } from './options.ts';
import { formatDiagnostic } from './print.ts';
import type { ProgressStream } from './progress.ts';

/** What a command reads from and writes to. */
export interface Io {
  /** Where the command runs; relative paths mean files below it. */
  readonly directory: string;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressStream;
}

/** 0 done, 1 something is wrong with the site, 2 wrong usage or configuration. */
export type Status = 0 | 1 | 2;

/** What a command came to. */
export interface Outcome {
  readonly status: Status;
  /** For `--json`. */
  readonly json: unknown;
  /** For standard output. */
  readonly text: readonly string[];
  /** For standard error. */
  readonly messages: readonly string[];
}

/** Each command, loaded only when it runs. */
const COMMANDS = {
  compress: async () => (await import('./compress-command.ts')).compressCommand,
  check: async () => (await import('./check-command.ts')).checkCommand,
  report: async () => (await import('./report-command.ts')).reportCommand,
  render: async () => (await import('./render-command.ts')).renderCommand,
  collect: async () => (await import('./compress-command.ts')).compressCommand,
  releases: async () => (await import('./releases-command.ts')).releasesCommand,
  gc: async () => (await import('./gc-command.ts')).gcCommand,
} as const;

/** Runs one command line and says with which status the process is to end. */
export async function run(given: readonly string[], io: Io, version: string): Promise<Status> {
  let options: Options | string | undefined;
  try {
    options = parseOptions(given, version);
    if (typeof options === 'string') {
      io.stdout.write(`${options}\n`);
      return 0;
    }
    const config = await configurationOf(options, io.directory);
    const { status, json, text, messages } = await (await COMMANDS[options.command]())(options, config, io);
    for (const message of messages) io.stderr.write(`${message}\n`);
    if (options.isJson) io.stdout.write(`${JSON.stringify(json)}\n`);
    else for (const line of text) io.stdout.write(`${line}\n`);
    return status;
  } catch (error) {
    if (!(error instanceof CompressorError)) throw error;
    const diagnostic = diagnosticOf(error, 'error');
    io.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
    if (given.includes('--json'))
      io.stdout.write(`${JSON.stringify({ ...NOTHING, diagnostics: [diagnostic] })}\n`);
    return isAboutSite(error) ? 1 : 2;
  }
}

/** What `--json` says when nothing could be begun. */
const NOTHING = {
  blocks: 0,
  recipes: 0,
  artifacts: 0,
  contexts: 0,
  manifest: null,
  release: null,
  durationMs: 0,
} as const;

/** Errors of usage and configuration are of another kind than those of what is compressed. */
function isAboutSite({ code }: CompressorError): boolean {
  return !(code.startsWith('config-') || code === 'usage' || code === 'tool-missing');
}
