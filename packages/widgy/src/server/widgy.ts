import type { Compressor } from '@widgy/compressor';
import type { AccountsStore, SignedIn } from '../accounts/index.ts';
import type { CalloutStore } from '../callouts/index.ts';
import type { WidgyEnvironment } from '../config/index.ts';
import type { Database } from '../database/database.ts';
import type { GenerationReader } from '../database/generation-reader.ts';
import type { DocumentStore } from '../documents/index.ts';
import type { CheckImpact } from '../editor/check/check-message.ts';
import type { MediaStore } from '../media/index.ts';
import type { PageStore } from '../pages/index.ts';
import type { Renderer } from '../rendering/index.ts';
import type { SettingsStore } from '../settings/index.ts';
import type { Site } from '../widgets/site.ts';
import type { ContentSources } from './content-security.ts';
import type { Mount } from './options.ts';

/** A site with all that it is made of: what routes are given. It has a life, which `openWidgy` begins and `close` ends. */
export interface Widgy {
  /** The id by which the database knows the site. */
  readonly siteId: string;
  /** What the site is called. */
  readonly siteName: string;
  /** What addresses of the site begin with, `https://www.example.org`. It comes from the configuration, never from a request. */
  readonly baseUrl: string;
  /** Where the administration is: `/admin`. */
  readonly adminUrl: string;
  /** What the editor asks of a draft before it publishes it; see `Config`. */
  readonly accessibilityGate: CheckImpact | undefined;
  readonly site: Site<SignedIn>;
  readonly environment: WidgyEnvironment;
  readonly database: Database;
  readonly documents: DocumentStore;
  readonly pages: PageStore;
  readonly callouts: CalloutStore | undefined;
  readonly media: MediaStore;
  readonly settings: SettingsStore;
  readonly accounts: AccountsStore;
  readonly generation: GenerationReader;
  readonly renderer: Renderer;
  readonly compressor: Compressor;
  readonly contentSources: ContentSources;
  /** Variables of all pages; see `ServerOptions`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What answers for pages that mount something, by name. */
  readonly mounts: Readonly<Record<string, Mount>>;
  readonly now: () => number;
  /** Ends what was begun: mails that are being sent, the database, the compressor. */
  readonly close: () => Promise<void>;
}
