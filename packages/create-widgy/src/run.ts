import { basename, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nameFault } from './project-name.ts';
import { isFree, writeProject } from './write-project.ts';

/** The oldest major version of Node that a site runs on. */
export const MIN_NODE = 24;

/** What the command reads from and writes to. */
export interface Io {
  /** Where it runs. */
  readonly directory: string;
  /** The version of Node, `24.21.0`. */
  readonly node: string;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** 0 done, 1 refused, 2 wrong usage. */
export type Status = 0 | 1 | 2;

const TEMPLATE = join(import.meta.dirname, '..', 'template');

const USAGE = `Usage: npm create widgy FOLDER

Makes a new Widgy site in FOLDER, which is made, or is there and empty. "." is the folder that you are in.
The name of the folder becomes the name of the site's package.

  -h, --help  print this
`;

/** Runs the command. Nothing is asked, and nothing is written where anything is wrong. */
export async function run(args: readonly string[], io: Io): Promise<Status> {
  const asked = readArguments(args);
  if ('fault' in asked) {
    io.stderr.write(`${asked.fault}\n\n${USAGE}`);
    return 2;
  }
  if (asked.isHelp) {
    io.stdout.write(USAGE);
    return 0;
  }
  const folder = resolve(io.directory, asked.folder);
  const name = basename(folder);
  const fault = nodeFault(io.node) ?? nameFault(name) ?? (await folderFault(folder, asked.folder));
  if (fault !== undefined) {
    io.stderr.write(`${fault}\n`);
    return 1;
  }
  try {
    await writeProject(TEMPLATE, folder, name);
  } catch (error) {
    if (!isFileError(error)) throw error;
    io.stderr.write(`The site was not made, or only a part of it: ${error.message}\n`);
    return 1;
  }
  io.stdout.write(nextSteps(relative(io.directory, folder)));
  return 0;
}

type Asked =
  | { readonly folder: string; readonly isHelp: false }
  | { readonly isHelp: true }
  | { readonly fault: string };

function readArguments(args: readonly string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help === true) return { isHelp: true };
    const [folder = '', ...more] = positionals;
    if (folder === '') return { fault: 'Say which folder the site goes into.' };
    if (more.length > 0) return { fault: 'Name one folder. One with spaces in its name needs quotes.' };
    return { folder, isHelp: false };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { fault: error.message };
  }
}

function nodeFault(version: string): string | undefined {
  const [major] = version.split('.', 1);
  if (Number(major) >= MIN_NODE) return undefined;
  return `A Widgy site needs Node ${MIN_NODE} or later, and this is Node ${version}. Install it from https://nodejs.org, and try again.`;
}

async function folderFault(folder: string, asked: string): Promise<string | undefined> {
  try {
    if (await isFree(folder)) return undefined;
    return `The folder ${asked} has something in it already. Name another one, or empty it first.`;
  } catch (error) {
    if (!isFileError(error)) throw error;
    return error.code === 'ENOTDIR'
      ? `${asked} is no folder. Name another one.`
      : `The folder ${asked} cannot be used: ${error.message}`;
  }
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function nextSteps(path: string): string {
  const enter = path === '' ? '' : `  cd ${quoted(path)}\n`;
  return `The site is made. Next:

${enter}  npm install
  npm start

It prints an address, and a password to sign in with. README.md says what is where.
`;
}

/** A path as one word of a shell. */
function quoted(path: string): string {
  return /^[\w./\\:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
