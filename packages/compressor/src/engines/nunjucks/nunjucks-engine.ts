import { AsyncLocalStorage } from 'node:async_hooks';
import { extname, resolve } from 'node:path';
import nunjucks, { type Environment } from 'nunjucks/src/environment.js';
import loaders from 'nunjucks/src/node-loaders.js';
import runtime from 'nunjucks/src/runtime.js';
import type { ResolvedConfig } from '../../config/config.ts';
import { RequestValues } from '../../render/request-values.ts';
import { REQUEST_VARIABLE, type TagHandlers, type TemplateEngine } from '../engine.ts';
import { PageTags } from '../placeholder/page-tags.ts';
import { contextClass, deriveEnvironment, findTemplate } from './environment.ts';
import { locatedError } from './nunjucks-errors.ts';
import { createNunjucksExplorer } from './nunjucks-explorer.ts';
import { ownFunction } from './own-names.ts';
import { parseTemplate } from './parse.ts';
import { type Dialect, OwnCompiler } from './template.ts';

/**
 * A Nunjucks engine with the compressor's tags, on the site's own environment or a new one that escapes what it outputs.
 *
 * Tags of Nunjucks that have to wait lose what they write in includes, macros and `set`. So ours do not wait: they leave a
 * stand-in (see {@link Placeholders}), and a finished page gets all tags at the same time. Filters that work on text with
 * blocks in it see the stand-in and not the tags; what damages one is an error.
 *
 * Pages are rendered by this engine only: the site's own environment knows nothing of the tags.
 */
export function createNunjucksEngine(
  config: ResolvedConfig,
  handlers: TagHandlers,
  given?: Environment,
): TemplateEngine {
  const { roots, extensions } = config.templates;
  const site = given ?? newEnvironment(roots, config.mode === 'development');
  // The site's own environment may look for templates elsewhere.
  const folders = [
    ...roots,
    ...site.loaders.flatMap(({ searchPaths = [] }) => searchPaths.map((folder) => resolve(folder))),
  ];
  const pages = new AsyncLocalStorage<PageTags>();
  const page = () => {
    const current = pages.getStore();
    if (current === undefined) throw new Error('a template runs outside of any rendering');
    return current;
  };
  const ContextClass = contextClass(site);
  const dialect: Dialect = {
    parse: ({ tmplStr = '' }, file) => parseTemplate(tmplStr, file, site, handlers),
    createCompiler: ({ path, env }) => new OwnCompiler(path, env.opts.throwOnUndefined),
    createContext: (variables, blocks, environment) => new ContextClass(variables, blocks, environment),
    runtimeOf: (template) => ({
      contextOrFrameLookup(context, frame, name) {
        // Only our own names have a space in them.
        const own = name.includes(' ') ? template.parsed.own.get(name) : undefined;
        if (own !== undefined) return ownFunction(own, template, context, frame, page);
        return runtime.contextOrFrameLookup(context, frame, name);
      },
    }),
  };
  const environment = deriveEnvironment(site, folders, dialect, () => pages.getStore());
  return {
    name: 'nunjucks',
    explore: createNunjucksExplorer(site, handlers, folders),
    async render(name, variables, request = RequestValues.none) {
      const file = extname(name) === '' ? name + (extensions[0] ?? '') : name;
      const tags = new PageTags(handlers, request);
      const own = request === RequestValues.none ? {} : { [REQUEST_VARIABLE]: request.variable };
      const html = await pages.run(tags, async () => {
        const template = await findTemplate(environment, file).catch((error) => {
          throw locatedError(error, { file });
        });
        return new Promise<string>((done, fail) => {
          template.render({ ...variables, ...own }, undefined, (error, text) =>
            error ? fail(error) : done(text ?? ''),
          );
        });
      });
      return tags.finish(html);
    },
  };
}

function newEnvironment(roots: readonly string[], noCache: boolean): Environment {
  return new nunjucks.Environment([new loaders.FileSystemLoader(roots, { noCache })], { autoescape: true });
}
