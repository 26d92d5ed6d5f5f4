import { matchesGlob } from 'node:path';
import { explanationOf } from '../caught.ts';
import type { ContextFacts, ContextSource, ContextVariables, ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import { inTime } from './in-time.ts';
import { LazyValues } from './lazy-values.ts';
import { OfflineContext } from './offline-context.ts';

/** The contexts of a configuration, and what went wrong while they were gathered. */
export interface Contexts {
  /** How many there are for templates without any of their own. */
  readonly count: number;
  readonly failures: readonly CompressorError[];
  /** Whether nothing is known of what some source gives, so that what is missing says nothing. */
  readonly isUnknown: boolean;
  /** The contexts to explore a template with. */
  of(template: string): readonly OfflineContext[];
}

/** Gathers the contexts. One that fails ends its source; what came before it counts. */
export async function gatherContexts({
  offline,
  static: { url: staticUrl },
}: Pick<ResolvedConfig, 'offline' | 'static'>): Promise<Contexts> {
  const failures: CompressorError[] = [];
  let isUnknown = false;
  const lazies = new LazyValues(offline.timeout);
  const gather = async (source: ContextSource, name: string): Promise<ContextVariables[]> => {
    const gathered: ContextVariables[] = [];
    try {
      for await (const variables of variablesOf(source, { staticUrl }, name, offline.timeout))
        gathered.push(checked(variables, name));
      if (gathered.length === 0) throw new Error('it gave no context at all');
    } catch (error) {
      failures.push(contextError(error, name));
    }
    // What templates look like can be told without any variables, too.
    if (gathered.length > 0) return gathered;
    isUnknown = true;
    return [{}];
  };
  const shared = await gather(offline.context, 'offline.context');
  const own: [pattern: string, contexts: ContextVariables[]][] = [];
  for (const [pattern, source] of Object.entries(offline.templateContexts)) {
    own.push([pattern, await gather(source, `offline.templateContexts["${pattern}"]`)]);
  }
  const plain = labelled(shared, lazies);
  return {
    count: shared.length,
    failures,
    isUnknown,
    of(template) {
      const matching = own.filter(([pattern]) => matchesGlob(template, pattern));
      if (matching.length === 0) return plain;
      const joined = matching.reduce(
        (contexts, [, more]) =>
          contexts.flatMap((base) => more.map((variables) => ({ ...base, ...variables }))),
        shared,
      );
      return labelled(joined, lazies);
    },
  };
}

function labelled(contexts: readonly ContextVariables[], lazies: LazyValues): OfflineContext[] {
  return contexts.map((variables, index) => {
    const label = contexts.length === 1 ? 'the context' : `context ${index + 1} of ${contexts.length}`;
    return new OfflineContext(label, variables, lazies);
  });
}

async function* variablesOf(
  source: ContextSource,
  facts: ContextFacts,
  name: string,
  timeout: number,
): AsyncGenerator<unknown> {
  const given: unknown = typeof source === 'function' ? await inTime(source(facts), timeout, name) : source;
  if (isIterable(given)) {
    for (const variables of given) yield await inTime(variables, timeout, name);
  } else if (isAsyncIterable(given)) {
    const iterator = given[Symbol.asyncIterator]();
    for (;;) {
      const next = await inTime(iterator.next(), timeout, name);
      if (next.done) return;
      yield next.value;
    }
  } else {
    yield given;
  }
}

function checked(value: unknown, name: string): ContextVariables {
  if (isVariables(value)) return value;
  throw new CompressorError('context-failed', {
    message: `${name} gave ${value === null ? 'null' : `a ${typeof value}`} where an object with variables belongs`,
  });
}

function isVariables(value: unknown): value is ContextVariables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function contextError(cause: unknown, name: string): CompressorError {
  if (cause instanceof CompressorError) return cause;
  const { summary, help } = explanationOf(cause);
  return new CompressorError('context-failed', { message: `${name} failed: ${summary}`, help, cause });
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
