import type { FastifyInstance, RouteOptions } from 'fastify';
import { WidgyError } from '../errors.ts';

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
