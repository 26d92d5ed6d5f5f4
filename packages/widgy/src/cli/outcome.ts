import type { SiteAccess } from './site-access.ts';

/** What a command reads from and writes to. */
export interface Io {
  /** Where the command runs; relative paths of files mean files below it. */
  readonly directory: string;
  /** The variables of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** 0 done, 1 something is wrong or was not done, 2 wrong usage or configuration. */
export type Status = 0 | 1 | 2;

/** What a command came to. */
export interface Outcome {
  readonly status: Status;
  /** For `--json`; undefined where the text is one JSON object already. */
  readonly json: unknown;
  /** For standard output. */
  readonly text: readonly string[];
  /** For standard error. */
  readonly messages: readonly string[];
}

/** What a command is given of the site, and what it may read and write. */
export interface CommandContext extends SiteAccess {
  readonly directory: string;
  readonly environment: Io['environment'];
}
