import { type ErrorCode, WidgyError } from '../errors.ts';
import { errorDiagnostic, formatDiagnostic } from './diagnostic.ts';
import { loadConfig } from './load-config.ts';
import { type Options, parseOptions } from './options.ts';
import type { Io, Status } from './outcome.ts';
import { accessSite } from './site-access.ts';

/** Each command, loaded only when it runs. */
const COMMANDS = {
  migrate: async () => (await import('./migrate-command.ts')).migrateCommand,
  check: async () => (await import('./check-command.ts')).checkCommand,
  export: async () => (await import('./export-command.ts')).exportCommand,
  import: async () => (await import('./import-command.ts')).importCommand,
  backup: async () => (await import('./backup-command.ts')).backupCommand,
  restore: async () => (await import('./restore-command.ts')).restoreCommand,
  user: async () => (await import('./user-command.ts')).userCommand,
} as const;

/** Runs one command line and says with which status the process is to end. */
export async function run(given: readonly string[], io: Io, version: string): Promise<Status> {
  try {
    const options: Options | string = parseOptions(given, version);
    if (typeof options === 'string') {
      io.stdout.write(`${options}\n`);
      return 0;
    }
    const { directory, environment } = io;
    const site = accessSite(await loadConfig(directory, options.config), environment);
    const command = await COMMANDS[options.command]();
    const { status, json, text, messages } = await command(options, { ...site, directory, environment });
    for (const message of messages) io.stderr.write(`${message}\n`);
    if (options.isJson && json !== undefined) io.stdout.write(`${JSON.stringify(json)}\n`);
    else for (const line of text) io.stdout.write(`${line}\n`);
    return status;
  } catch (error) {
    if (!(error instanceof WidgyError)) throw error;
    const diagnostic = errorDiagnostic(error);
    io.stderr.write(`${formatDiagnostic(diagnostic)}\n`);
    if (given.includes('--json')) io.stdout.write(`${JSON.stringify({ diagnostics: [diagnostic] })}\n`);
    return OF_DATABASE.has(error.code) ? 1 : 2;
  }
}

/** Errors of what is in the database or on the way to it. All others are of usage, of configuration or of the site's definition. */
const OF_DATABASE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'database-unreachable',
  'database-busy',
  'database-constraint',
  'database-value-invalid',
  'database-failed',
  'database-newer',
  'migration-pending',
  'migration-changed',
  'migration-failed',
  'stored-invalid',
  'backup-impossible',
  'media-storage-failed',
]);
