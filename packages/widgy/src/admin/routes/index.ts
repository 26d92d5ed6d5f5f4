import type { AdminRoute, OpenRoute } from '../route.ts';
import { accountRoutes } from './account.ts';
import { calloutRoutes } from './callouts.ts';
import { documentRoutes } from './documents.ts';
import { mediaRoutes } from './media.ts';
import { newPageRoutes } from './new-page.ts';
import { overviewRoutes } from './overview.ts';
import { pageRoutes } from './pages.ts';
import { passwordRoutes } from './passwords.ts';
import { peopleRoutes } from './people.ts';
import { redirectRoutes } from './redirects.ts';
import { roleRoutes } from './roles.ts';
import { settingsRoutes } from './settings.ts';
import { signInRoutes } from './sign-in.ts';

/** All routes of the administration. */
export const ADMIN_ROUTES: readonly (AdminRoute | OpenRoute)[] = [
  ...signInRoutes,
  ...overviewRoutes,
  ...pageRoutes,
  ...newPageRoutes,
  ...documentRoutes,
  ...calloutRoutes,
  ...mediaRoutes,
  ...redirectRoutes,
  ...settingsRoutes,
  ...peopleRoutes,
  ...roleRoutes,
  ...accountRoutes,
  ...passwordRoutes,
];
