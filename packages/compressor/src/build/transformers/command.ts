import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf } from '../../caught.ts';
import { CompressorError } from '../../errors.ts';
import { contentHash } from '../../hash.ts';
import type { Transformer, TransformInput, TransformOutput } from '../transformer.ts';
import { parseDepfile } from './depfile.ts';
import { Jobs } from './jobs.ts';
import { NoSuchProgram, runCommand } from './run-command.ts';

/** A program that turns a source into CSS or JavaScript. */
export interface CommandOptions
  extends Pick<Transformer, 'name' | 'version' | 'extensions' | 'output' | 'looksFor'> {
  /** The program: a name that is looked up in `PATH`, or a path. It runs without a shell. */
  readonly command: string;
  /**
   * Its arguments. In them stand:
   *
   * - `{infile}` for a temporary file with the source, which then does not come on standard input
   * - `{outfile}` for a temporary file that the program writes, instead of standard output
   * - `{depfile}` for a temporary file into which it writes what it read, as a rule of a Makefile
   * - `{path}` for the path of the source, `{folder}` for its folder
   *
   * They are part of every key, so no path of this machine may stand in them: `cwd` is for that. Default: none.
   */
  readonly args?: readonly string[];
  /** The folder that it runs in, and that paths in its arguments and in a depfile start from. Default: that of the source. */
  readonly cwd?: string;
  /** The environment variables it gets. Default: `PATH`, and `SystemRoot` on Windows, of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long it may take, in milliseconds; then it is ended with all that it started. Default: 60,000. */
  readonly timeout?: number;
  /** The most that it may write, in bytes. Default: 16 MiB. */
  readonly outputBytes?: number;
}

/**
 * A transformer that runs a program for each source. The version of the program belongs into `version`: nobody else tells
 * when it changes, and raise it when `environment` changes results. Without `{depfile}` it must read nothing but the source.
 */
export function commandTransformer(options: CommandOptions): Transformer {
  const { name, version, extensions, output, looksFor, command, args = [] } = options;
  const jobs = new Jobs();
  return {
    name,
    version: `${version} ${contentHash(JSON.stringify([basename(command), args]))}`,
    extensions,
    output,
    ...(looksFor && { looksFor }),
    transform: (input) => jobs.run((folder, signal) => transform(options, input, folder, signal)),
    close: () => jobs.close(),
  };
}

async function transform(
  options: CommandOptions,
  input: TransformInput,
  temporary: string,
  signal: AbortSignal,
): Promise<TransformOutput> {
  const { args = [], outputBytes = OUTPUT_BYTES, timeout = TIMEOUT } = options;
  const folder = dirname(input.path);
  const cwd = options.cwd ?? folder;
  const paths = {
    infile: join(temporary, basename(input.path)),
    outfile: join(temporary, `out.${options.output}`),
    depfile: join(temporary, 'dependencies.d'),
    path: input.path,
    folder,
  };
  const known = new Map(Object.entries(paths));
  const uses = (placeholder: keyof typeof paths) => args.some((arg) => arg.includes(`{${placeholder}}`));
  if (uses('infile')) await writeFile(paths.infile, input.text);
  const { output, errors } = await runCommand({
    command: options.command,
    args: args.map((arg) => arg.replace(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole)),
    cwd,
    environment: options.environment ?? smallEnvironment(),
    input: uses('infile') ? undefined : input.text,
    timeout,
    outputBytes,
    signal,
  }).catch((cause) => {
    const said = messageOf(cause);
    if (!(cause instanceof NoSuchProgram))
      throw new Error(said.replaceAll(paths.infile, basename(input.path)), { cause });
    throw new CompressorError('tool-missing', {
      message: `the transformer "${options.name}" needs the program "${options.command}"`,
      help: 'Install it, or give its path as command.',
      cause,
    });
  });
  if (errors !== '') input.log?.('warn', `${options.name}: ${basename(input.path)}: ${errors}`);
  const bytes = uses('outfile') ? await outputFile(paths.outfile, outputBytes) : output;
  const dependencies = uses('depfile') ? await dependenciesOf(paths.depfile, cwd) : [];
  // The source goes by two names, and a folder for temporary files may be a link.
  const own = new Set([input.path, paths.infile, join(await realpath(temporary), basename(paths.infile))]);
  return { text: decode(bytes), dependencies: dependencies.filter((path) => !own.has(path)) };
}

/** What programs need to be found and, on Windows, to start. */
function smallEnvironment(): Record<string, string> {
  const { PATH, SystemRoot } = process.env;
  return { ...(PATH !== undefined && { PATH }), ...(SystemRoot !== undefined && { SystemRoot }) };
}

async function outputFile(path: string, limit: number): Promise<Buffer> {
  const { size } = await stat(path).catch((cause) => {
    throw new Error('it wrote no {outfile}', { cause });
  });
  if (size > limit) throw new Error(`it wrote more than ${limit} bytes`);
  return readFile(path);
}

/** The files that a depfile names, with symbolic links resolved. */
async function dependenciesOf(depfile: string, cwd: string): Promise<string[]> {
  const text = await readFile(depfile, 'utf8').catch((cause) => {
    throw new Error('it wrote no {depfile}', { cause });
  });
  const paths = parseDepfile(text).map((name) => resolve(cwd, name));
  // A file that is gone is told about by whoever reads it next.
  const real = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
  return [...new Set(real)];
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error('what it wrote is not UTF-8', { cause });
  }
}

/** How long a program may take, in milliseconds. */
const TIMEOUT = 60_000;

/** The most that a program may write, in bytes. */
const OUTPUT_BYTES = 16 * 1024 * 1024;
