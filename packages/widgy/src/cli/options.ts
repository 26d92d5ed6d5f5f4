import { parseArgs } from 'node:util';
import type { UserRole } from '../accounts/users/user.ts';
import type { Owner } from '../database/owner.ts';
import { WidgyError } from '../errors.ts';

/** The commands, with what each is for. */
export const commands = {
  migrate: 'Bring the database to the shape that the code expects.',
  check: 'Say what is wrong in stored documents and in the templates of the site.',
  export: 'Write a document, with its history, as one JSON file.',
  import: 'Make a document of such a file.',
  backup: 'Write all that the site has, with its uploaded files, into one file.',
  restore: 'Bring back what such a file holds, into an empty database.',
  user: 'Make people (add), list them, give them a new password (reset), or keep them from signing in (disable).',
} as const;

/** One of {@link commands}. */
export type Command = keyof typeof commands;

/** What `widgy user` does. */
export const USER_ACTIONS = ['add', 'list', 'reset', 'disable'] as const;

/** One of {@link USER_ACTIONS}. */
export type UserAction = (typeof USER_ACTIONS)[number];

/** What was asked for on the command line. */
export interface Options {
  readonly command: Command;
  /** What stands beside the options: the document to export, the file to import, or the address of a person. */
  readonly operand: string | undefined;
  readonly config: string | undefined;
  /** The file to write. */
  readonly to: string | undefined;
  readonly id: string | undefined;
  /** Null for none; undefined for what the file says. */
  readonly owner: Owner | null | undefined;
  /** What to do about people; undefined for other commands. */
  readonly userAction: UserAction | undefined;
  /** The name of a new person. */
  readonly name: string | undefined;
  /** Undefined where none is named. */
  readonly roles: readonly UserRole[] | undefined;
  readonly isForced: boolean;
  readonly isFixing: boolean;
  /** Whether only the site is checked, and no database. */
  readonly isSiteOnly: boolean;
  readonly withHistory: boolean;
  /** Whether a backup is only read, and nothing restored. */
  readonly isVerifying: boolean;
  readonly isJson: boolean;
  readonly isVerbose: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const ALL = ['migrate', 'check', 'export', 'import', 'backup', 'restore', 'user'] as const;

/** The options of the commands: what each takes, which of them, and what it does. */
const KNOWN = {
  config: { ...text, of: ALL, value: 'FILE', help: 'default: widgy.config.ts' },
  site: { ...flag, of: ['check'], value: '', help: 'check the site only, without a database' },
  history: { ...flag, of: ['check'], value: '', help: 'check all commits, not only what may be shown' },
  fix: { ...flag, of: ['check'], value: '', help: 'repair kept links, and take unused trees away' },
  to: { ...text, of: ['export'], value: 'FILE', help: 'write this file; default: standard output' },
  id: { ...text, of: ['import'], value: 'ID', help: 'the id of the document; default: that in the file' },
  owner: {
    ...text,
    of: ['import'],
    value: 'TYPE/ID/FIELD',
    help: 'what the document belongs to, or none; default: that in the file',
  },
  force: { ...flag, of: ['import'], value: '', help: 'keep what rules and fields of the site are against' },
  name: { ...text, of: ['user'], value: 'NAME', help: 'the name of a new person; default: from the address' },
  role: {
    ...text,
    multiple: true,
    of: ['user'],
    value: 'ROLE[@SITE]',
    help: 'a role of a new person; default: administrator, if there is none',
  },
  verify: { ...flag, of: ['restore'], value: '', help: 'only say whether the file is good; change nothing' },
  json: { ...flag, of: ALL, value: '', help: 'print one JSON object' },
  verbose: { ...flag, short: 'v', of: ['check', 'import', 'restore'], value: '', help: 'print notes, too' },
} as const;

/** What stands beside the options of a command. */
const OPERANDS: Readonly<Record<Command, string | undefined>> = {
  migrate: undefined,
  check: undefined,
  export: 'the id of a document',
  import: 'the name of a file',
  backup: 'the name of a file',
  restore: 'the name of a file',
  user: undefined,
};

/**
 * Reads the command line.
 *
 * @returns a text to print, if help or the version was asked for
 * @throws WidgyError `usage`
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
  const userAction = command === 'user' ? userActionOf(operands[0]) : undefined;
  const operand =
    userAction === undefined
      ? operandOf(command, OPERANDS[command], operands)
      : operandOf(`user ${userAction}`, USER_OPERANDS[userAction], operands.slice(1));
  for (const other of ['name', 'role'] as const) {
    if (userAction === 'add' || values[other] === undefined) continue;
    throw usage(`user ${userAction} has no option --${other}`);
  }
  for (const other of ['history', 'fix'] as const) {
    if (values.site && values[other]) throw usage(`--site looks at no document, so there is no --${other}`);
  }
  return {
    command,
    operand,
    config: values.config,
    to: values.to,
    id: values.id,
    owner: values.owner === undefined ? undefined : ownerOf(values.owner),
    userAction,
    name: values.name,
    roles: values.role?.map(roleOf),
    isForced: values.force ?? false,
    isFixing: values.fix ?? false,
    isSiteOnly: values.site ?? false,
    withHistory: values.history ?? false,
    isVerifying: values.verify ?? false,
    isJson: values.json ?? false,
    isVerbose: values.verbose ?? false,
  };
}

function operandOf(
  command: string,
  wanted: string | undefined,
  [operand, ...rest]: readonly string[],
): string | undefined {
  const extra = wanted === undefined ? operand : rest[0];
  if (extra !== undefined) throw usage(`${command} takes no "${extra}"`);
  if (wanted !== undefined && operand === undefined) throw usage(`${command} needs ${wanted}`);
  return operand;
}

/** What stands behind each action of `widgy user`. */
const USER_OPERANDS: Readonly<Record<UserAction, string | undefined>> = {
  add: 'the e-mail address of a person',
  list: undefined,
  reset: 'the e-mail address of a person',
  disable: 'the e-mail address of a person',
};

function userActionOf(value: string | undefined): UserAction {
  const action = USER_ACTIONS.find((one) => one === value);
  if (action !== undefined) return action;
  const actions = USER_ACTIONS.join(', ');
  throw usage(
    value === undefined ? `user needs one of ${actions}` : `user does ${actions}, and no "${value}"`,
  );
}

/** A role at all sites, or at the one that is named behind it. */
function roleOf(value: string): UserRole {
  const [role = '', site = '*', ...rest] = value.split('@');
  if (role === '' || site === '' || rest.length > 0) {
    throw usage(`--role needs a role such as editor, or editor@SITE, not "${value}"`);
  }
  return { site, role };
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

function ownerOf(value: string): Owner | null {
  if (value === 'none') return null;
  const [type, id, field, ...rest] = value.split('/');
  if (!type || !id || !field || rest.length > 0) {
    throw usage(`--owner needs TYPE/ID/FIELD such as page/42/content, or none, not "${value}"`);
  }
  return { type, id, field };
}

function isCommand(value: string): value is Command {
  return Object.hasOwn(commands, value);
}

/** An error about the command line. */
export function usage(message: string, help?: string): WidgyError {
  return new WidgyError('usage', { message, help });
}

/** All commands and options on one page. */
export function helpText(): string {
  const options = Object.entries(KNOWN).map(([name, { value, help, of }]) => {
    const left = `  --${name}${value === '' ? '' : ` ${value}`}`;
    const only = of.length < Object.keys(commands).length ? ` (${of.join(', ')})` : '';
    return `${left.padEnd(24)}${help}${only}`;
  });
  return [
    'widgy COMMAND [OPTIONS]',
    '',
    `  migrate               ${commands.migrate}`,
    `  check                 ${commands.check}`,
    `  export DOCUMENT       ${commands.export}`,
    `  import FILE           ${commands.import}`,
    `  backup FILE           ${commands.backup}`,
    `  restore FILE          ${commands.restore}`,
    `  user ACTION [EMAIL]   ${commands.user}`,
    '',
    ...options,
    `${'  --help, --version'.padEnd(24)}print this, or the version`,
    '',
    'Exit status: 0 done, 1 something is wrong or was not done, 2 wrong usage or configuration.',
  ].join('\n');
}
