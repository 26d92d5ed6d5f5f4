import type { Environment } from 'nunjucks/src/environment.js';
import { CompressorError } from '../../errors.ts';
import type { PageTags } from '../placeholder/page-tags.ts';

/**
 * Nunjucks loses what is written later where it cannot wait, and inside of a block it cannot. So filters, tags and loaders that
 * take time are refused there, wherever a block leads.
 *
 * @param page the page being rendered, if any
 */
export function refuseWaiting(environment: Environment, site: Environment, page: () => PageTags | undefined) {
  const { getFilter, getTemplate } = environment;
  environment.getFilter = (name) => {
    const filter = getFilter.call(environment, name);
    if (!site.asyncFilters.includes(name)) return filter;
    return function filterAtOnce(this: unknown, ...given: unknown[]) {
      return atOnce(page(), `the filter "${name}"`, given, (all) => Reflect.apply(filter, this, all));
    };
  };
  environment.getExtension = (name) => {
    const original = name.startsWith(ASYNC) ? name.slice(ASYNC.length) : name;
    const extension = site.getExtension(original);
    if (original === name) return extension;
    return new Proxy(extension, {
      get(target, key) {
        const method: unknown = Reflect.get(target, key);
        if (typeof method !== 'function') return method;
        return (...given: unknown[]): unknown =>
          atOnce(page(), `the tag of "${original}"`, given, (all) => Reflect.apply(method, target, all));
      },
    });
  };
  environment.getTemplate = (name, isEager, parentName, ignoreMissing, callback) => {
    atOnce(page(), `loading "${String(name)}"`, [callback], ([answer]) => {
      getTemplate.call(environment, name, isEager, parentName, ignoreMissing, (error, template) => {
        if (typeof answer === 'function') answer(error, template);
      });
    });
  };
}

/** @param given what a function is called with; it answers by calling the last of that */
function atOnce(
  page: PageTags | undefined,
  what: string,
  given: readonly unknown[],
  run: (given: readonly unknown[]) => unknown,
): unknown {
  const answer = given.at(-1);
  if (page === undefined || !page.isInBlock || typeof answer !== 'function') return run(given);
  let state: 'waiting' | 'answered' | 'refused' = 'waiting';
  const result = run([
    ...given.slice(0, -1),
    (...answers: unknown[]): void => {
      if (state === 'refused') return;
      state = 'answered';
      Reflect.apply(answer, undefined, answers);
    },
  ]);
  if (isAnswered(state)) return result;
  state = 'refused';
  throw asyncError(what);
}

/** A call changed it, which the checker cannot see. */
function isAnswered(state: 'waiting' | 'answered' | 'refused'): boolean {
  return state === 'answered';
}

/** What cannot be waited for inside of a block. */
export function asyncError(what: string): CompressorError {
  return new CompressorError('tag-async', {
    message: `${what} takes time, which a block cannot wait for`,
    help: 'Do it before the block: {% set value = name | filter %}.',
  });
}

/** What the compiler puts before the names of tags that take time. */
export const ASYNC = 'async ';
