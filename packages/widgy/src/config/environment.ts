import type { z } from 'zod';
import { WidgyError } from '../errors.ts';
import { didYouMean } from '../widgets/nearest.ts';

/** One variable of the environment. */
export interface Variable<T = unknown> {
  /** What it is for, as the end of a sentence: it is told where the variable is missing. */
  readonly about: string;
  /** A value that would do. */
  readonly example: string;
  /** Where it must be there. Default: nowhere. */
  readonly needed?: 'always' | 'in-production';
  /**
   * What it must be, and what is made of it. Its messages end the sentence that the name begins, such as `must be a number`, and never
   * repeat the value: it may be a secret that was put into the wrong place. It is given undefined where the variable is missing.
   */
  readonly schema: z.ZodType<T, string | undefined>;
}

/** Variables by name. */
export type EnvironmentSchema = Readonly<Record<string, Variable>>;

/** What is made of the variables of a schema, by name. */
export type Environment<Schema extends EnvironmentSchema> = {
  readonly [Name in keyof Schema]: z.output<Schema[Name]['schema']>;
};

/** Something that is wrong with the environment. No value is ever in it. */
export interface EnvironmentFault {
  readonly code: 'missing' | 'wrong' | 'unknown';
  /** The name of the variable. */
  readonly name: string;
  /** A sentence that begins with the name, and says what to do. */
  readonly what: string;
}

/** The variables of a process: `process.env`. */
export type GivenEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration of a server from its environment. A variable that is empty counts as missing, and spaces around a value do not
 * count.
 *
 * @throws WidgyError `environment-invalid`, with all that is wrong at once
 * @example
 * const { PORT, DATABASE_URL } = readEnvironment(widgyEnvironment, process.env);
 */
export function readEnvironment<Schema extends EnvironmentSchema>(
  schema: Schema,
  given: GivenEnvironment,
): Environment<Schema> {
  const { values, faults } = checkEnvironment(schema, given);
  if (faults.length === 0 && isWhole(schema, values)) return values;
  throw new WidgyError('environment-invalid', { message: faults.map(({ what }) => what).join('\n') });
}

/**
 * Reads one variable, for a command that needs no other.
 *
 * @throws WidgyError `environment-invalid`
 */
export function readVariable<T>(name: string, variable: Variable<T>, given: GivenEnvironment): T {
  const { schema, example } = variable;
  const parsed = schema.safeParse(givenValue(given, name));
  if (parsed.success) return parsed.data;
  throw new WidgyError('environment-invalid', { message: wrong(name, parsed.error, example) });
}

/** What can be read of the environment, and all that is wrong with it; see {@link readEnvironment}. */
export function checkEnvironment(
  schema: EnvironmentSchema,
  given: GivenEnvironment,
): { readonly values: Readonly<Record<string, unknown>>; readonly faults: readonly EnvironmentFault[] } {
  const isProduction = givenValue(given, 'NODE_ENV') === 'production';
  const read = Object.entries(schema).map(([name, variable]) => {
    return { name, ...checkVariable(name, variable, givenValue(given, name), isProduction) };
  });
  return {
    values: Object.fromEntries(read.map(({ name, value }) => [name, value])),
    faults: [...read.flatMap(({ fault }) => fault ?? []), ...unknownVariables(schema, given)],
  };
}

function checkVariable(
  name: string,
  { schema, needed, about, example }: Variable,
  value: string | undefined,
  isProduction: boolean,
): { readonly value?: unknown; readonly fault?: EnvironmentFault } {
  const mustBeThere = needed === 'always' || (needed === 'in-production' && isProduction);
  if (value === undefined && mustBeThere) {
    const where = needed === 'always' ? '' : ' in production';
    return {
      fault: { code: 'missing', name, what: `${name} is missing${where}: ${about}. Example: ${example}` },
    };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  return { fault: { code: 'wrong', name, what: wrong(name, parsed.error, example) } };
}

function wrong(name: string, { issues }: z.ZodError, example: string): string {
  const why = [...new Set(issues.map(({ message }) => message))].join(', and ');
  return `${name} ${why}. Example: ${example}`;
}

/** Variables that look like ours and that nobody reads: one that is mistyped would have no effect, and nobody would notice. */
function unknownVariables(schema: EnvironmentSchema, given: GivenEnvironment): readonly EnvironmentFault[] {
  const known = Object.keys(schema);
  return Object.keys(given)
    .filter((name) => name.startsWith('WIDGY_') && !known.includes(name))
    .map((name) => {
      const help = didYouMean(name, known) || 'Take it out, or correct its name. ';
      return { code: 'unknown', name, what: `${name} is no variable of Widgy. ${help}`.trim() };
    });
}

function givenValue(given: GivenEnvironment, name: string): string | undefined {
  const value = Object.hasOwn(given, name) ? given[name]?.trim() : undefined;
  return value === '' ? undefined : value;
}

function isWhole<Schema extends EnvironmentSchema>(
  schema: Schema,
  values: Readonly<Record<string, unknown>>,
): values is Environment<Schema> {
  return Object.keys(schema).every((name) => Object.hasOwn(values, name));
}
