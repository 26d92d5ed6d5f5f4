import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../config/config.ts';
import { CHECK_IMPACTS } from '../editor/check/check-message.ts';
import { WidgyError } from '../errors.ts';
import { isPlainObject, type PlainObject } from '../tree/problems.ts';
import { isId } from '../tree/widget.ts';
import { didYouMean } from '../widgets/nearest.ts';

/** The names under which a configuration is looked for, the first one first. */
export const CONFIG_NAMES = [
  'widgy.config.ts',
  'widgy.config.mts',
  'widgy.config.js',
  'widgy.config.mjs',
] as const;

/**
 * Loads the configuration of a command line and checks it. What is given as a function is not called yet.
 *
 * @param directory where the command runs
 * @param name the file that was asked for; undefined for the first of {@link CONFIG_NAMES} that is there
 * @throws WidgyError `config-not-found`, `config-invalid`, `config-unknown-key`
 */
export async function loadConfig(directory: string, name: string | undefined): Promise<Config> {
  const file = name ?? CONFIG_NAMES.find((candidate) => existsSync(resolve(directory, candidate)));
  const path = resolve(directory, file ?? CONFIG_NAMES[0]);
  if (!existsSync(path)) {
    throw new WidgyError('config-not-found', { message: `there is no file ${path}` });
  }
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw asConfigError(cause, `${path} cannot be loaded`);
  }
  return checkConfig(module.default, path);
}

/** Makes an error of the catalogue from what the code of a site threw. One of the catalogue says more, and stays. */
export function asConfigError(cause: unknown, what: string): WidgyError {
  if (cause instanceof WidgyError) return cause;
  return new WidgyError('config-invalid', { message: `${what}: ${String(cause)}`, cause });
}

/**
 * Checks what a configuration holds.
 *
 * @param path of its file, for messages
 */
export function checkConfig(given: unknown, path: string): Config {
  const refuse = (what: string, help?: string) =>
    new WidgyError('config-invalid', { message: `${path}: ${what}`, help });
  if (!isPlainObject(given)) {
    throw refuse('the default export is no configuration', 'Write export default defineConfig({ … }).');
  }
  checkKeys(given, KEYS, path, '');
  for (const [key, { isFitting, what }] of Object.entries(VALUES)) {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (value === undefined ? key === 'site' : !isFitting(value)) throw refuse(`${key} must be ${what}`);
  }
  if (isPlainObject(given.rendering)) checkKeys(given.rendering, RENDERING_KEYS, path, 'rendering.');
  if (isPlainObject(given.documents)) checkKeys(given.documents, DOCUMENTS_KEYS, path, 'documents.');
  if (!isConfig(given)) throw refuse('it is no configuration');
  return given;
}

/** Refuses keys that nobody reads, and names the one that was most likely meant. */
export function checkKeys(given: PlainObject, known: readonly string[], path: string, within: string): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new WidgyError('config-unknown-key', {
    message: `${path}: there is no option "${within}${unknown}"`,
    help: `${didYouMean(unknown, known)}Options are ${known.join(', ')}.`,
  });
}

const isFunction = (value: unknown) => typeof value === 'function';
const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** What each option must be. The site and its parts check themselves when they are made. */
const VALUES = {
  site: {
    isFitting: (value: unknown) => isFunction(value) || isSite(value),
    what: 'what defineSite gives, or a function that gives it',
  },
  settings: {
    isFitting: (value: unknown) => isFunction(value) || isSettings(value),
    what: 'what defineSettings gives, or a function that gives it',
  },
  settingsFile: {
    isFitting: (value: unknown) => isFunction(value) || isPlainObject(value),
    what: 'an object with values by the names of settings, or a function that gives it',
  },
  siteId: { isFitting: isId, what: 'an id of letters, digits, "-" and "_"' },
  database: {
    isFitting: (value: unknown) => isFunction(value) || (typeof value === 'string' && value !== ''),
    what: 'the URL of a database, or a function that gives it',
  },
  linkables: {
    isFitting: (value: unknown) => isFunction(value) || Array.isArray(value),
    what: 'a list of linkables, or a function that gives it',
  },
  rendering: {
    isFitting: (value: unknown) => isFunction(value) || isPlainObject(value),
    what: 'an object, or a function that gives it',
  },
  documents: { isFitting: isPlainObject, what: 'an object' },
  siteName: { isFitting: (value) => typeof value === 'string' && value.trim() !== '', what: 'a text' },
  pages: { isFitting: isPlainObject, what: 'an object' },
  accessibilityGate: {
    isFitting: (value) => CHECK_IMPACTS.some((impact) => impact === value),
    what: `one of ${CHECK_IMPACTS.join(', ')}`,
  },
  permissions: {
    isFitting: (value) => isObject(value) && 'special' in Object(value),
    what: 'what definePermissions gives',
  },
} as const satisfies Record<keyof Config, { isFitting: (value: unknown) => boolean; what: string }>;

const KEYS: readonly string[] = Object.keys(VALUES);

/** The options of `rendering`. */
export const RENDERING_KEYS: readonly string[] = [
  ...['engine', 'roots', 'pure', 'hasFixedAssets', 'limits', 'variables'],
];

const DOCUMENTS_KEYS: readonly string[] = ['limits', 'isReviewed', 'before'];

/** Whether something is a site, of whatever copy of this package. */
export function isSite(value: unknown): boolean {
  return isObject(value) && 'types' in Object(value) && 'catalogue' in Object(value);
}

/** Whether something is a registry of settings, of whatever copy of this package. */
export function isSettings(value: unknown): boolean {
  return isObject(value) && 'all' in Object(value) && 'groups' in Object(value);
}

function isConfig(given: PlainObject): given is PlainObject & Config {
  return Object.entries(VALUES).every(
    ([key, { isFitting }]) => given[key] === undefined || isFitting(given[key]),
  );
}
