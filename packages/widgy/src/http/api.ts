import type {
  FastifyInstance,
  FastifyPluginAsync,
  FastifyReply,
  FastifyRequest,
  RouteOptions,
} from 'fastify';
import { WidgyError } from '../errors.ts';
import type { AllowedCall, ApiServices } from './call.ts';
import { createFeed } from './events/feed.ts';
import { createPresenceFeed } from './events/presence-feed.ts';
import { createStreams, type StreamConnection } from './events/streams.ts';
import { plainForms } from './forms.ts';
import { createGuard } from './guard.ts';
import { type ApiLimits, DEFAULT_API_LIMITS } from './limits.ts';
import { describeApi } from './open-api.ts';
import type { ApiOptions } from './options.ts';
import { tolerantNames } from './people.ts';
import { checkPolicies, isPolicy, type Policy } from './policies.ts';
import { refuseCall } from './problem.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes/index.ts';
import { DEFAULT_HEADERS, problemOfError, sendAnswer, sendProblem } from './send.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which policy decides about a route that is under the prefix of Widgy's API. */
    widgyPolicy?: Policy;
    /** The methods of a path, where the route only says so to the others. */
    widgyMethods?: readonly string[];
  }
}

/**
 * The JSON API of a site's documents, as a plug-in for Fastify. A server may have several, each with a prefix of its own.
 *
 * @example
 * app.register(widgyApi({ documents, site, policies, authenticate, authorId }), { prefix: '/api/widgy' });
 *
 * @throws WidgyError `policy-missing`, `site-mismatched`; when the server gets ready, `route-unguarded`
 */
export function widgyApi<User>(options: ApiOptions<User>): FastifyPluginAsync {
  const { documents, site, preview, forms = plainForms, policies, routes: addRoutes } = options;
  checkPolicies(policies);
  if (!Object.is(site, documents.site)) {
    throw new WidgyError('site-mismatched', { message: 'the documents were opened with another site' });
  }
  const limits: ApiLimits = { ...DEFAULT_API_LIMITS, ...options.limits };
  const routes = ROUTES.filter(({ name }) => preview !== undefined || name !== 'previewVersion');
  return async (scope) => {
    const { prefix } = scope;
    const onProblem = (problem: unknown) => scope.log.error({ err: problem }, 'events cannot be looked for');
    const people = tolerantNames(options.people ?? nobodyKnown, (problem) =>
      scope.log.error({ err: problem }, 'the names of people cannot be read'),
    );
    const openApi = JSON.stringify(describeApi(routes, prefix));
    const api: ApiServices = {
      documents,
      preview,
      forms,
      limits,
      feed: createFeed(documents, { ...limits, onProblem }),
      presence: createPresenceFeed(documents, people, { ...limits, onProblem }),
      people,
      streams: createStreams(limits),
      prefix,
      openApi: () => openApi,
    };
    scope.addHook('preClose', () => api.streams.close());
    scope.addHook('onClose', () => {
      api.feed.close();
      api.presence.close();
    });
    scope.removeAllContentTypeParsers();
    readJson(scope, limits.bodyBytes);
    const calls = guardScope(scope, options);
    for (const route of routes) addRoute(scope, route, api, calls);
    for (const path of new Set(routes.map((route) => route.path))) refuseOtherMethods(scope, path, routes);
    await addRoutes?.(scope);
  };
}

/** The names of people at a site that gives none. */
function nobodyKnown(): ReadonlyMap<string, string> {
  return new Map();
}

/** What was let through, for as long as it is answered. */
type Calls = WeakMap<FastifyRequest, AllowedCall>;

/** Sees to it that nothing in a scope is answered that no policy allowed, and that all problems look alike. */
function guardScope<User>(scope: FastifyInstance, options: ApiOptions<User>): Calls {
  const calls: Calls = new WeakMap();
  const guard = createGuard(options);
  scope.addHook('onRoute', (route) => requirePolicy(route));
  scope.addHook('onRequest', async (request, reply) => {
    reply.headers(DEFAULT_HEADERS);
    if (request.is404) return;
    const { widgyPolicy: policy, widgyMethods: methods } = request.routeOptions.config;
    if (methods !== undefined) {
      const detail = `${request.method} is not one of ${methods.join(', ')}`;
      const { problem } = refuseCall('method-refused', detail, {}, { Allow: methods.join(', ') });
      return sendProblem(reply, problem);
    }
    // A route without a policy does not get this far: it keeps the server from starting.
    const passed =
      policy === undefined ? refuseCall('forbidden', 'no policy allows this') : await guard(request, policy);
    if (!passed.ok) return sendProblem(reply, passed.problem);
    calls.set(request, passed.call);
    return;
  });
  scope.setErrorHandler((error, request, reply) =>
    sendProblem(reply, problemOfError(error, request).problem),
  );
  // Without a prefix, what is not found is for the site to say.
  if (scope.prefix !== '') {
    scope.setNotFoundHandler((_, reply) =>
      sendProblem(reply, refuseCall('route-missing', 'no route of the API has this path').problem),
    );
  }
  return calls;
}

function requirePolicy({ method, url, config }: RouteOptions): void {
  if (isPolicy(config?.widgyPolicy) || config?.widgyMethods !== undefined) return;
  throw new WidgyError('route-unguarded', {
    message: `the route ${String(method)} ${url} is under the prefix of the API and names no policy`,
  });
}

function addRoute(scope: FastifyInstance, route: Route, api: ApiServices, calls: Calls): void {
  scope.route({
    method: route.method,
    url: route.path,
    exposeHeadRoute: hasHead(route),
    config: { widgyPolicy: route.policy },
    async handler(request, reply) {
      const allowed = calls.get(request);
      if (allowed === undefined) throw new Error('A request came to its route without being let through.');
      const answer = await route.run({ ...allowed, api, request, connection: connectionOf(reply) });
      return answer.ok ? sendAnswer(reply, answer) : sendProblem(reply, answer.problem);
    },
  });
}

/** A stream has no end that could be looked for without its body. */
function hasHead({ method, isStream }: Route): boolean {
  return method === 'GET' && isStream !== true;
}

function connectionOf({ raw }: FastifyReply): StreamConnection {
  return {
    isClosed: () => raw.closed || raw.destroyed,
    onClose: (listener) => raw.once('close', listener),
    drop: () => raw.destroy(),
  };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A path that is there says which methods it has, rather than that it is not there. */
function refuseOtherMethods(scope: FastifyInstance, path: string, routes: readonly Route[]): void {
  const here = routes.filter((route) => route.path === path);
  const own = new Set<string>(here.map(({ method }) => method));
  if (here.some(hasHead)) own.add('HEAD');
  scope.route({
    method: METHODS.filter((method) => !own.has(method)),
    url: path,
    config: { widgyMethods: [...own] },
    handler: () => {
      throw new Error('A method that is refused came to its route.');
    },
  });
}
