import { closest } from 'fastest-levenshtein';
import * as z from 'zod';
import type { Transformer } from '../build/transformer.ts';
import { CompressorError, type Place } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Config } from './config.ts';

const text = z.string().min(1);
const texts = z.array(text).min(1);
const count = z.int().positive();
const url = text.regex(/\/$/, 'must end with a slash');
const secret = z.string().min(16, 'must have 16 characters or more');
const isFunction = (value: unknown): boolean => typeof value === 'function';
const hasMethod = (name: string) => (value: unknown) =>
  typeof value === 'object' && value !== null && name in value && isFunction(Reflect.get(value, name));

const templates = z.strictObject({
  engine: z
    .union([
      z.literal('liquid'),
      z.custom<() => object>(isFunction, 'must be "liquid" or a function that returns an engine'),
    ])
    .exactOptional(),
  roots: texts.exactOptional(),
  extensions: z.array(text.startsWith('.', 'must start with a dot')).min(1).exactOptional(),
});

const statics = z.strictObject({ url: url.exactOptional(), roots: texts.exactOptional() });

const output = z.strictObject({
  directory: text.exactOptional(),
  url: url.exactOptional(),
  shared: z.boolean().exactOptional(),
});

const jsx = z.strictObject({
  runtime: z.enum(['automatic', 'classic']).exactOptional(),
  importSource: text.exactOptional(),
});

const build = z.strictObject({
  browsers: z.union([text, texts]).exactOptional(),
  minify: z.boolean().exactOptional(),
  sourceMaps: z.boolean().exactOptional(),
  transformers: z
    .array(z.custom<Transformer>(hasMethod('transform'), 'must have a transform method'))
    .exactOptional(),
  jsx: jsx.exactOptional(),
});

const limits = z.strictObject({
  sourceBytes: count.exactOptional(),
  urlLength: count.exactOptional(),
  memoryBytes: count.exactOptional(),
});

const schema = z.strictObject({
  mode: z.enum(['development', 'in-request']).exactOptional(),
  templates: templates.exactOptional(),
  static: statics.exactOptional(),
  output: output.exactOptional(),
  build: build.exactOptional(),
  // Configurations pass process.env values here, which may be undefined.
  secret: z.union([secret, z.array(secret).min(1)]).optional(),
  limits: limits.exactOptional(),
  logger: z.custom<Logger>(hasMethod('log'), 'must have a log method').exactOptional(),
});

/** The option names at each place where names are given, to say which one was meant. */
const levels = new Map<string, readonly string[]>(
  Object.entries({ '': schema, templates, static: statics, output, build, 'build.jsx': jsx, limits }).map(
    ([path, level]) => [path, Object.keys(level.shape)],
  ),
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
    const known = levels.get(unknown.path.join('.')) ?? [];
    const nearest = closest(key, known);
    throw new CompressorError('config-unknown-key', {
      message: `there is no option "${[...unknown.path, key].join('.')}"`,
      place,
      help: `Did you mean "${[...unknown.path, nearest].join('.')}"? Known here: ${known.join(', ')}.`,
    });
  }
  const issue = issues[0];
  throw new CompressorError('config-invalid', {
    message: `the option "${issue?.path.join('.') ?? ''}" is wrong: ${issue?.message ?? 'unknown reason'}`,
    place,
  });
}
