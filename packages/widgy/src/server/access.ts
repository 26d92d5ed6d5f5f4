import type { FastifyInstance, RouteOptions } from 'fastify';
import { may } from '../accounts/index.ts';
import { WidgyError } from '../errors.ts';
import { isFromHere, SAFE_METHODS } from '../http/same-origin.ts';
import type { WhoIs } from './who-is.ts';
import type { Widgy } from './widgy.ts';

/**
 * Who may ask for a route.
 *
 * - `public`: everybody
 * - `signed-in`: everybody who is signed in
 * - `{ may }`: who holds this permission; see `definePermissions` of `widgy/accounts`
 */
export type Access = 'public' | 'signed-in' | { readonly may: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask for this route. A route that does not say so keeps the server from starting. */
    access?: Access;
    /** Whether what the route is part of asks who may, as the administration does. */
    isGuarded?: boolean;
  }
}

/**
 * Sees to it that all routes that are added from now on say who may ask for them.
 *
 * @throws WidgyError `route-unguarded`, when a route is added that does not
 */
export function requireAccess(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }: RouteOptions) => {
    // Routes of the JSON API name a policy, which is checked where they are added.
    if (config?.access !== undefined || config?.widgyPolicy !== undefined) return;
    if (config?.widgyMethods !== undefined) return;
    throw new WidgyError('route-unguarded', {
      message: `the route ${String(method)} ${url} does not say who may ask for it`,
      help: "Add config: { access: 'public' }, 'signed-in', or { may: 'a.permission' }.",
    });
  });
}

/**
 * Lets only those through who may ask for a route. Who is not signed in is sent to do so, or refused where something is to be changed; what
 * changes something for somebody who is signed in must come from a page of the site.
 */
export function enforceAccess(app: FastifyInstance, widgy: Widgy, whoIs: WhoIs): void {
  app.addHook('onRequest', async (request, reply) => {
    const { access = 'public', isGuarded } = request.routeOptions.config;
    if (access === 'public' || isGuarded === true) return undefined;
    const isSafe = SAFE_METHODS.includes(request.method);
    const user = (await whoIs(request))?.user ?? undefined;
    if (user === undefined || user.mustChangePassword) {
      if (!isSafe) throw refused(401, 'nobody is signed in');
      const next = new URLSearchParams({ next: request.url });
      return reply.header('cache-control', 'no-store').redirect(`${widgy.adminUrl}/sign-in?${next}`, 302);
    }
    if (!isSafe && !isFromHere(request, [widgy.baseUrl])) throw refused(403, 'it comes from another site');
    if (typeof access === 'object' && !may(user, access.may, widgy.siteId))
      throw refused(403, `the permission "${access.may}" is missing`);
    return undefined;
  });
}

function refused(statusCode: 401 | 403, why: string): Error {
  return Object.assign(new Error(`not allowed: ${why}`), { statusCode });
}
