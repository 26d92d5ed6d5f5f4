import { messageOf } from '../../caught.ts';
import { CompressorError } from '../../errors.ts';
import type { ExploreTemplate } from '../../offline/exploration.ts';
import { isLazy, isPromise } from '../../offline/lazy-values.ts';
import type { OfflineContext } from '../../offline/offline-context.ts';
import { type Read, ReadLog } from '../../offline/read-log.ts';
import type { TagHandlers, TemplateEngine } from '../engine.ts';
import { createPage, type Page } from './page.ts';

/**
 * An engine that the site brings along: anything that renders a template by its name. Blocks and static files go through the
 * functions of the page.
 *
 * ```js
 * templates: {
 *   engine: () => ({ render: (template, variables, page) => eta.render(template, { ...variables, ...page }) }),
 * }
 * ```
 */
export interface OwnEngine {
  /** For messages. Default: `own`. */
  readonly name?: string;
  render(
    template: string,
    variables: Readonly<Record<string, unknown>>,
    page: Pick<Page, 'compress' | 'staticUrl' | 'nonce'>,
  ): string | Promise<string>;
}

/** By its method, after it turned out to be no engine that is known. */
export function isOwnEngine(value: unknown): value is OwnEngine {
  return (
    typeof value === 'object' && value !== null && 'render' in value && typeof value.render === 'function'
  );
}

/**
 * Makes an engine of the site's own work with blocks. It cannot be looked into, so exploring is rendering: each template with each
 * context, as a visitor gets it. Blocks in branches that no context takes are not found.
 */
export function createOwnEngine(own: OwnEngine, handlers: TagHandlers): TemplateEngine {
  return {
    name: own.name ?? 'own',
    async render(template, variables, request) {
      const { finish, ...functions } = createPage(handlers, template, request);
      return finish(await own.render(template, variables, functions));
    },
    explore: exploreByRendering(own, handlers),
  };
}

function exploreByRendering(own: OwnEngine, handlers: TagHandlers): ExploreTemplate {
  const isTaken = async () => true;
  return async (template, context, visitor) => {
    const reads = new ReadLog();
    const blocks: Parameters<TagHandlers['compress']>[0][] = [];
    const recording: TagHandlers = {
      kinds: handlers.kinds,
      staticUrl: (name, place) => handlers.staticUrl(name, place),
      plainUrl: (name) => handlers.plainUrl(name),
      developmentTag: undefined,
      compress(block) {
        blocks.push(block);
        return '';
      },
    };
    try {
      await whenSettled(context, reads, async (variables) => {
        blocks.length = 0;
        const { finish, ...functions } = createPage(recording, template);
        await finish(await own.render(template, variables, functions));
      });
    } catch (cause) {
      const place = { file: template };
      const message = messageOf(cause);
      const isOwn = cause instanceof CompressorError;
      const error = new CompressorError(isOwn ? cause.code : 'template-failed', {
        message: isOwn ? cause.summary : message,
        place: isOwn ? (cause.place ?? place) : place,
        cause,
      });
      visitor.failed({ error, block: undefined, isTaken });
    }
    for (const block of blocks) {
      visitor.declared(block.place);
      // Which of the page's variables a block hangs on, and whether it is there without them, cannot be seen from outside.
      visitor.reached({ block, reads: [], varying: [], isTaken, isCertain: false });
    }
    return [...reads];
  };
}

/** Thrown when a template needs a value that has to be waited for. */
class NotSettled extends Error {
  readonly value: PromiseLike<unknown>;

  constructor(value: PromiseLike<unknown>) {
    super('The value is not known yet.');
    this.value = value;
  }
}

/**
 * Runs something with the variables of a context, and again when a variable that it read had to be waited for. A function
 * without parameters stands for a value; any other is handed over as it is.
 */
async function whenSettled(
  context: OfflineContext,
  reads: ReadLog,
  step: (variables: Readonly<Record<string, unknown>>) => Promise<void>,
): Promise<void> {
  const settled = new Map<PromiseLike<unknown>, unknown>();
  const state: { missing: NotSettled | undefined } = { missing: undefined };
  const variables = new Proxy(context.variables, {
    get(target, key): unknown {
      const held: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || !Object.hasOwn(target, key)) return held;
      const given = isLazy(held) && held.length > 0 ? held : context.settle(held, target, key);
      const value = isPromise(given) && settled.has(given) ? settled.get(given) : given;
      if (isPromise(value)) {
        state.missing = new NotSettled(value);
        throw state.missing;
      }
      const read: Read = { path: [key], depth: 1, value, place: undefined, isMissing: false };
      reads.add(read);
      return value;
    },
  });
  const forget = (): void => {
    state.missing = undefined;
  };
  for (;;) {
    forget();
    try {
      return await step(variables);
    } catch (error) {
      // Engines wrap what templates throw.
      const waiting = state.missing;
      if (waiting === undefined || settled.has(waiting.value)) throw error;
      settled.set(waiting.value, await waiting.value);
    }
  }
}
