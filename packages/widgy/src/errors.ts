/**
 * The catalogue of everything Widgy can say went wrong. A code is stable: it may be searched for, filtered on
 * and linked to. Each entry is the advice that goes with the code when the place that throws has nothing more
 * precise to say.
 */
export const advice = {
  'session-refused': 'Sign in again.',
  'database-url-invalid':
    'Write postgres://user@host/name, sqlite:folder/file.db, sqlite::memory:, or the path of a file.',
  'database-unreachable': 'Check that the database is running, and that this user may open it.',
  'database-busy': 'Try again. If it stays so, look for a transaction that does not end.',
  'database-constraint': 'Check what is written: it breaks a rule of the database.',
  'database-value-invalid': 'Give text without the character U+0000, whole numbers, bytes or null.',
  'database-failed': 'The cause says what the database reported.',
  'transaction-nested':
    'Use the transaction that the step is given for everything that the step asks of the database.',
  'migration-pending': 'Migrate the database before this code is started.',
  'migration-changed':
    'Bring back the migrations that were applied, and put what is to change into a new one at the end of the list.',
  'migration-failed': 'Nothing of this migration was kept. The cause says why it failed.',
  'database-newer': 'Start the code that migrated this database, or a later one.',
  'widget-invalid': 'Correct the definition of the widget.',
  'field-invalid': 'Correct the schema of the field.',
  'widget-duplicate': 'Give each type of widget to a site once; extendWidget replaces a type.',
  'name-unknown': 'Correct the name.',
  'kind-invalid': 'Correct the kind of field that the site defines.',
  'file-missing': 'Add the file to the folder of the widget.',
  'file-misnamed': 'Rename the file.',
  'file-ambiguous': 'Keep one of the files.',
  'folder-missing': 'Give the absolute path of a folder, such as import.meta.dirname.',
  'folder-unreachable': 'Put the folder into a package that the site can reach by its name.',
  'sanitiser-failed': 'Correct the function in sanitise of the site: it must give back a text.',
  'reference-invalid': 'Point at a registered type, by an id of letters, digits, "-" and "_".',
  'linkable-invalid': 'Correct what is given to createLinkables.',
  'linkable-duplicate': 'Register each type that links can point at once.',
  'setting-invalid':
    'Correct what the setting is defined with. Its schema needs a default, and gives back what it is given.',
  'setting-duplicate': 'Give each setting to defineSettings once.',
  'settings-file-invalid': 'Correct the values that are given to openSettings as file.',
  'pages-invalid': 'Correct what is given to openPages.',
  'callouts-invalid': 'Correct what is given to openCallouts or calloutLinkable.',
  'accounts-invalid': 'Correct what is given to openAccounts or to a mailer.',
  'permission-invalid':
    'Give each permission a name of a feature and an action, such as shop.refund, a label and a group, and define it once.',
  'mail-invalid': 'Give a mail one e-mail address that it comes from, and one that it goes to.',
  'mail-failed':
    'Check the mail server, and the address that mails come from. The cause says what was answered.',
  'stored-invalid': 'Restore the database from a backup: something in it was changed by hand or damaged.',
  'cache-key-invalid':
    'Name only variables that are plain data in cacheBy, or give what they say under a name of its own.',
  'policy-missing': 'Give a function for each policy of the API: what is not said is permitted to nobody.',
  'route-unguarded': 'Say in config.widgyPolicy of the route which policy decides about it.',
  'site-mismatched': 'Give the API the site that its documents were opened with.',
  'job-invalid': 'Give each job a name of its own, and a whole number of milliseconds.',
  'lease-lost': 'Let the job end: another server does it now.',
  'file-unwritable':
    'Check that the folder is there, that this user may write into it, and that the disk has room.',
  'file-unreadable': 'Name a file that is there and that this user may read.',
  'backup-impossible': 'Take out or divide what is named, or keep what is so large elsewhere.',
  'environment-invalid': 'Correct the variables of the environment that are named.',
  'media-invalid': 'Correct what is given to openMedia.',
  'media-storage-failed':
    'Check that the storage of media can be read and written. The cause says what it reported.',
  usage: 'Run widgy --help for the commands and their options.',
  'config-not-found': 'Write widgy.config.ts, or name another file with --config.',
  'config-invalid': 'Correct the file with the configuration.',
  'config-unknown-key': 'Correct the key, or take it out.',
} as const satisfies Record<string, string>;

/** A stable name for one kind of failure; see {@link advice}. */
export type ErrorCode = keyof typeof advice;

/** What an error carries beside its code. */
export interface ErrorDetails {
  /** What happened, in one sentence that names the thing it happened to. */
  readonly message: string;
  /** What to do about it, where that is more than the catalogue's advice. */
  readonly help?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The only error Widgy throws on purpose. `message` is complete for a person: what happened, and what to do.
 * The parts are there for programs.
 */
export class WidgyError extends Error {
  override readonly name = 'WidgyError';
  readonly code: ErrorCode;
  /** What happened, without the advice. */
  readonly summary: string;
  readonly help: string;

  constructor(code: ErrorCode, details: ErrorDetails) {
    const help = details.help ?? advice[code];
    super(`${details.message} [${code}]\n${help}`, { cause: details.cause });
    this.code = code;
    this.summary = details.message;
    this.help = help;
  }
}

/** Whether something that was caught is a failure of one of the given kinds. */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is WidgyError {
  return error instanceof WidgyError && codes.includes(error.code);
}
