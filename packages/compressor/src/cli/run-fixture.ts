import type { TestFolder } from '../testing/site.ts';
import { run, type Status } from './run.ts';

/** What a command line came to. */
export interface Ran {
  readonly status: Status;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in a folder, not on a terminal. */
export async function runIn({ path }: Pick<TestFolder, 'path'>, ...given: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    directory: path,
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
  };
  const status = await run(given, io, '1.2.3');
  return { status, stdout: out.join(''), stderr: err.join('') };
}
