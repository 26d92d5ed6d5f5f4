import type { FastifyRequest } from 'fastify';
import type { Owner } from '../database/owner.ts';
import type { Author } from '../documents/author.ts';
import type { DocumentState } from '../documents/drafts/draft.ts';
import type { DocumentStore } from '../documents/store.ts';
import type { DocumentFeed } from './events/feed.ts';
import type { PresenceFeed } from './events/presence-feed.ts';
import type { StreamConnection, Streams } from './events/streams.ts';
import type { Forms } from './forms.ts';
import type { ApiLimits } from './limits.ts';
import type { PeopleNames } from './people.ts';
import type { Policy } from './policies.ts';
import type { Preview } from './preview.ts';

/** What all routes of one plug-in work with. */
export interface ApiServices {
  readonly documents: DocumentStore;
  /** Undefined where the site shows no previews. */
  readonly preview: Preview | undefined;
  readonly forms: Forms;
  readonly limits: ApiLimits;
  /** What happens to documents, here and on other servers. */
  readonly feed: DocumentFeed;
  /** Who is at documents, here and on other servers. */
  readonly presence: PresenceFeed;
  readonly people: PeopleNames;
  readonly streams: Streams;
  /** What the paths of all routes begin with. */
  readonly prefix: string;
  /** The OpenAPI document, as JSON. */
  readonly openApi: () => string;
}

/** A request that was let through: somebody is logged in, and the policy of the route allowed it. */
export interface AllowedCall {
  readonly author: Author;
  /** What the document of the path was at when the policy was asked; undefined for a route about none. */
  readonly state: DocumentState | undefined;
  /** Asks one more policy, for what only the body says. */
  readonly isAllowed: (policy: Policy, to: Owner | null) => Promise<boolean>;
  /** Asks a policy about a document other than that of the path. */
  readonly isAllowedFor: (policy: Policy, document: DocumentState) => Promise<boolean>;
  /** Asks again who it is and whether they may, for an answer that lasts. */
  readonly isStillAllowed: () => Promise<boolean>;
}

/** A request that was let through and is not read yet. */
export interface Incoming extends AllowedCall {
  readonly api: ApiServices;
  readonly request: FastifyRequest;
  /** The connection, for an answer that lasts. */
  readonly connection: StreamConnection;
}

/** What the handler of a route is given. */
export interface Call<Params, Query, Body> extends Incoming {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** What the client calls this request; see `Repeatable`. */
  readonly key: string | undefined;
}
