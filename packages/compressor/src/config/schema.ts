import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod';
import type { Transformer } from '../build/transformer.ts';
import { type BytesText, parseBytes } from '../bytes.ts';
import { CompressorError, type ErrorCode, isErrorCode, type Place } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { BlockKind } from '../recipe/block-kind.ts';
import type { CodeKind } from '../recipe/recipe.ts';
import { attributeProblem } from '../recipe/tag-attributes.ts';
import { isReleaseId } from '../releases/release.ts';
import type { Storage } from '../storage/storage.ts';
import { URL_PREFIX } from '../url-prefix.ts';
import type { Budget, Config, ContextSource } from './config.ts';
import type { Hooks } from './hooks.ts';

const text = z.string().min(1);
const texts = z.array(text).min(1);
const count = z.int().positive();
const url = text
  .regex(/^(?:\/|https?:\/\/)/i, 'must begin with a slash or be a whole URL')
  .regex(/\/$/, 'must end with a slash');
const outputUrl = url.regex(URL_PREFIX, 'must hold nothing that has to be quoted or percent-encoded');
const secret = z.string().min(16, 'must have 16 characters or more');
const isFunction = (value: unknown): boolean => typeof value === 'function';
/** Checks an object without copying it, which would lose its prototype. */
const isObject = (checks: Readonly<Record<string, (value: unknown) => boolean>>) => (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(checks).every(([name, check]) => check(Reflect.get(value, name)));
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const templates = z.strictObject({
  engine: z
    .union(
      [z.enum(['liquid', 'nunjucks']), z.custom<() => object>(isFunction)],
      'must be "liquid", "nunjucks" or a function that returns an engine',
    )
    .exactOptional(),
  roots: texts.exactOptional(),
  watch: z.array(text).exactOptional(),
  extensions: z.array(text.startsWith('.', 'must start with a dot')).min(1).exactOptional(),
});

const statics = z.strictObject({ url: url.exactOptional(), roots: texts.exactOptional() });

/** Attributes for the tags of one kind of block. */
const attributesFor = (kind: CodeKind) =>
  z
    .record(z.string(), z.union([z.string(), z.literal(true)], 'must be a text or true'))
    .superRefine((given, context) => {
      for (const [name, value] of Object.entries(given)) {
        const problem = attributeProblem(kind, name, value === true ? '' : value);
        if (problem !== undefined) context.addIssue(problem);
      }
    })
    .exactOptional();

const outputAttributes = z.strictObject({ css: attributesFor('css'), js: attributesFor('js') });

const isStorage = isObject({
  read: isFunction,
  open: isFunction,
  stat: isFunction,
  write: isFunction,
  touch: isFunction,
  remove: isFunction,
  list: isFunction,
});

const output = z.strictObject({
  directory: text.exactOptional(),
  // Configurations pass a storage in production only, else undefined.
  storage: z
    .custom<Storage>(
      (value) => value === undefined || isStorage(value),
      'must have the methods read, open, stat, write, touch, remove and list',
    )
    .optional(),
  url: outputUrl.exactOptional(),
  shared: z.boolean().exactOptional(),
  integrity: z.boolean().exactOptional(),
  attributes: outputAttributes.exactOptional(),
});

const jsx = z.strictObject({
  runtime: z.enum(['automatic', 'classic']).exactOptional(),
  importSource: text.exactOptional(),
});

const isTransformer = isObject({
  name: isText,
  version: isText,
  extensions: (value) => Array.isArray(value) && value.every((extension) => /^\./.test(String(extension))),
  output: (value) => value === 'css' || value === 'js',
  looksFor: (value) => value === undefined || ['nothing', 'code', 'all'].includes(String(value)),
  transform: isFunction,
});

const isKind = isObject({
  name: (value) =>
    typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value) && value !== 'css' && value !== 'js',
  version: isText,
  extension: (value) => typeof value === 'string' && /^\.[a-z0-9]+$/.test(value),
  element: (value) => typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value),
  attribute: (value) => typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value),
  join: isFunction,
  tag: isFunction,
  inline: (value) => value === undefined || isFunction(value),
});

const kinds = z
  .array(
    z.custom<BlockKind>(
      isKind,
      'must have a name other than css and js, version, extension, element, attribute, join and tag',
    ),
  )
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'must have different names');

const build = z.strictObject({
  browsers: z.union([text, texts], 'must be a browserslist query or a list of them').exactOptional(),
  minify: z.boolean().exactOptional(),
  sourceMaps: z.boolean().exactOptional(),
  dataUris: z.int().nonnegative().exactOptional(),
  transformers: z
    .array(
      z.custom<Transformer>(
        isTransformer,
        'must have name, version, extensions, output and a transform method',
      ),
    )
    .exactOptional(),
  kinds: kinds.exactOptional(),
  jsx: jsx.exactOptional(),
});

const limits = z.strictObject({
  sourceBytes: count.exactOptional(),
  urlLength: count.exactOptional(),
  memoryBytes: count.exactOptional(),
  storageRequests: count.exactOptional(),
});

const contextSource = z.custom<ContextSource>(
  (value) => typeof value === 'function' || (typeof value === 'object' && value !== null),
  'must be an object, a list of objects, or a function that gives them',
);

const offline = z.strictObject({
  context: contextSource.exactOptional(),
  templateContexts: z.record(text, contextSource).exactOptional(),
  include: z.union([text, texts], 'must be a pattern or a list of patterns').exactOptional(),
  exclude: z.union([text, z.array(text)], 'must be a pattern or a list of patterns').exactOptional(),
  onMiss: z.enum(['original', 'build', 'error']).exactOptional(),
  manifest: text.exactOptional(),
  // Configurations pass process.env values here, too.
  release: z.string().refine(isReleaseId, 'must be the id of a release').optional(),
  timeout: count.exactOptional(),
  allow: z
    .array(z.custom<ErrorCode>(isErrorCode, 'must be a code that the manual lists under "Errors"'))
    .exactOptional(),
});

const budget = z.strictObject({
  page: text.exactOptional(),
  block: text.exactOptional(),
  artifact: text.exactOptional(),
  kind: z.enum(['js', 'css']).exactOptional(),
  bytes: z.custom<number | BytesText>(
    (value) => parseBytes(value) !== undefined,
    'must be a number of bytes, or a text such as "170 kB"',
  ),
  encoding: z.enum(['br', 'raw']).exactOptional(),
});

const budgetOfOne = budget.transform(({ page, block, artifact, ...rest }, context): Budget => {
  if ([page, block, artifact].filter((one) => one !== undefined).length === 1) {
    if (page !== undefined) return { page, ...rest };
    if (block !== undefined) return { block, ...rest };
    if (artifact !== undefined) return { artifact, ...rest };
  }
  context.addIssue({ code: 'custom', message: 'must name one of page, block and artifact' });
  return z.NEVER;
});

const cache = z.strictObject({ directory: text.exactOptional() });

const hook = <T>() => z.custom<T>(isFunction, 'must be a function').exactOptional();

const hooks = z.strictObject({
  onArtifact: hook<NonNullable<Hooks['onArtifact']>>(),
  onRelease: hook<NonNullable<Hooks['onRelease']>>(),
  onBlock: hook<NonNullable<Hooks['onBlock']>>(),
});

const schema = z.strictObject({
  mode: z.enum(['development', 'in-request', 'offline']).exactOptional(),
  templates: templates.exactOptional(),
  static: statics.exactOptional(),
  output: output.exactOptional(),
  build: build.exactOptional(),
  cache: z.union([z.literal(false), cache], 'must be false or an object with a directory').exactOptional(),
  // Configurations pass process.env values here, which may be undefined.
  secret: z.union([secret, z.array(secret).min(1)], 'must be a text or a list of texts').optional(),
  limits: limits.exactOptional(),
  offline: offline.exactOptional(),
  budgets: z.array(budgetOfOne).exactOptional(),
  hooks: hooks.exactOptional(),
  logger: z.custom<Logger>(isObject({ log: isFunction }), 'must have a log method').exactOptional(),
});

/** The option names at each place where names are given, to say which one was meant. */
const levels = new Map<string, readonly string[]>(
  Object.entries({
    '': schema,
    templates,
    static: statics,
    output,
    'output.attributes': outputAttributes,
    build,
    'build.jsx': jsx,
    limits,
    offline,
    hooks,
    budgets: budget,
    cache,
  }).map(([path, level]) => [path, Object.keys(level.shape)]),
);

/**
 * Checks options that came from a file.
 *
 * @throws CompressorError `config-unknown-key` with the nearest known name, or `config-invalid` with the option's path
 */
export function checkConfig(value: unknown, place?: Place): Config {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues;
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') {
    const key = unknown.keys[0] ?? '';
    // Lists hold the same at each index.
    const known = levels.get(unknown.path.filter((part) => typeof part === 'string').join('.')) ?? [];
    const longer = known.find((name) => name.startsWith(key));
    const nearest = longer ?? closest(key, known);
    const isNear = longer !== undefined || distance(key, nearest) <= 2;
    const question = isNear ? `Did you mean "${[...unknown.path, nearest].join('.')}"? ` : '';
    throw new CompressorError('config-unknown-key', {
      message: `there is no option "${[...unknown.path, key].join('.')}"`,
      place,
      help: `${question}Known here: ${known.join(', ')}.`,
    });
  }
  const issue = issues[0];
  const option = issue?.path.join('.') ?? '';
  const what = option === '' ? 'the configuration' : `the option "${option}"`;
  throw new CompressorError('config-invalid', {
    message: `${what} is wrong: ${issue?.message ?? 'unknown reason'}`,
    place,
  });
}
