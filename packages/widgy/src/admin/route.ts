import type { Access } from '../server/access.ts';
import type { AdminCall, Answered, Visit } from './call.ts';

/** What a route of the administration is answered with: what `render`, `go` and the like of a call give. */
export type AdminAnswer = Answered | Promise<Answered>;

/** A route for somebody who is signed in, and holds a permission where one is named. */
export interface AdminRoute {
  readonly method: 'GET' | 'POST';
  /** Below the address of the administration: `/pages/:page`. */
  readonly path: string;
  readonly access: Exclude<Access, 'public'>;
  readonly handle: (call: AdminCall) => AdminAnswer;
}

/** A route for somebody who may not be signed in yet. */
export interface OpenRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly access: 'public';
  readonly handle: (visit: Visit) => AdminAnswer;
}
