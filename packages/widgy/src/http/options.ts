import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { DocumentStore } from '../documents/store.ts';
import type { Site } from '../widgets/site.ts';
import type { Forms } from './forms.ts';
import type { ApiLimits } from './limits.ts';
import type { PeopleNames } from './people.ts';
import type { Policies } from './policies.ts';
import type { Preview } from './preview.ts';

/** What the API is made with. */
export interface ApiOptions<User> {
  readonly documents: DocumentStore;
  /** The site that the documents were opened with: its permissions are asked of every change. */
  readonly site: Site<User>;
  /** Who may do what; see `POLICIES`. */
  readonly policies: Policies<User>;
  /** Who asks; undefined where nobody is logged in, and then the answer is 401. On streams it is asked again and again. */
  readonly authenticate: (request: FastifyRequest) => User | undefined | Promise<User | undefined>;
  /** What is recorded of somebody with what they do; null for nothing. */
  readonly authorId: (user: User) => string | null;
  /** What people are called, by their `authorId`: for the lists of who is at a document, and of its commits. Default: nobody has a name. */
  readonly people?: PeopleNames;
  /** Shows a version as a page; see `previewWith`. Without it there is no route for previews. */
  readonly preview?: Preview;
  /** Prints the edit forms of widgets as HTML; see `formsWith`. Default: the forms without templates. */
  readonly forms?: Forms;
  /** Other origins whose pages may ask for changes, such as `https://admin.example.com`. Default: none. */
  readonly origins?: readonly string[];
  readonly limits?: Partial<ApiLimits>;
  /**
   * Adds routes of the site's own under the same prefix, behind the same checks. Each says its policy in `config.widgyPolicy`; one that
   * does not keeps the server from starting.
   */
  readonly routes?: (scope: FastifyInstance) => void | Promise<void>;
}
