import nunjucks, {
  type Callback,
  type Context,
  type Environment,
  type Template,
} from 'nunjucks/src/environment.js';
import type { PageTags } from '../placeholder/page-tags.ts';
import { templateName } from '../template-name.ts';
import { refuseWaiting } from './asynchronous.ts';
import { CompressorTemplate, type Dialect } from './template.ts';

/**
 * An environment that inherits everything from the site's own (templates, filters, globals, tags, options) and compiles
 * templates in another way. The site's own stays as it is.
 *
 * @param roots the template folders, to name templates in messages
 * @param page the page being rendered, if any
 */
export function deriveEnvironment(
  site: Environment,
  roots: readonly string[],
  dialect: Dialect,
  page: () => PageTags | undefined,
): Environment {
  const known = new WeakMap<Template, CompressorTemplate>();
  const environment: Environment = Object.create(site);

  function own(original: Template): CompressorTemplate {
    if (original instanceof CompressorTemplate) return original;
    const template =
      known.get(original) ??
      new CompressorTemplate(original, environment, templateName(original.path, roots), dialect);
    known.set(original, template);
    return template;
  }

  environment.getTemplate = (name, isEager, parentName, ignoreMissing, callback) => {
    let failure: unknown;
    let isReturned = false;
    const answer: Callback<Template> = (error, original) => {
      if (original === undefined || error) {
        // Thrown, it is located by whoever asked; later there is nobody to catch it.
        if (isReturned) callback(error);
        else failure = error;
        return;
      }
      const template = own(original);
      if (isEager) template.compile();
      callback(null, template);
    };
    site.getTemplate(name, false, parentName, ignoreMissing, answer);
    isReturned = true;
    if (failure !== undefined) throw failure;
  };
  refuseWaiting(environment, site, page);
  return environment;
}

/** The template of a name, as the environment compiles it. */
export function findTemplate(
  environment: Environment,
  name: unknown,
  parentName?: string,
  ignoreMissing = false,
): Promise<CompressorTemplate> {
  return new Promise((resolve, reject) => {
    environment.getTemplate(name, false, parentName, ignoreMissing, (error, template) => {
      if (template instanceof CompressorTemplate) resolve(template);
      else reject(error);
    });
  });
}

/** The class of contexts, which Nunjucks does not export: it is seen where a template runs. */
export function contextClass(environment: Environment): typeof Context {
  let seen: typeof Context | undefined;
  const probe = new nunjucks.Template(
    {
      type: 'code',
      obj: {
        root(_environment, context, _frame, _runtime, callback) {
          const candidate: unknown = context.constructor;
          if (isContextClass(candidate)) seen = candidate;
          callback(null, '');
        },
      },
    },
    environment,
    undefined,
    false,
  );
  probe.render({}, undefined, () => {});
  if (seen === undefined) throw new Error('This version of Nunjucks works in another way; use 3.2.4.');
  return seen;
}

function isContextClass(value: unknown): value is typeof Context {
  return typeof value === 'function' && 'prototype' in value && 'lookup' in Object(value.prototype);
}
