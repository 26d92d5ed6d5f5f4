/** The server of a site: `startServer`, and its parts for whoever has a server of their own. Node only. */
export { type Access, requireAccess } from '../server/access.ts';
export type { ContentDirective, ContentSources } from '../server/content-security.ts';
export type { Mount, MountQuestion, ServerOptions } from '../server/options.ts';
export type { Widgy } from '../server/widgy.ts';
export { type BuiltServer, buildServer } from './build-server.ts';
export { type StartOptions, startServer } from './start-server.ts';
