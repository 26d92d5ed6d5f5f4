import type { AdminRoute, OpenRoute } from '../route.ts';
import { overviewRoutes } from './overview.ts';
import { pageRoutes } from './pages.ts';
import { signInRoutes } from './sign-in.ts';

/** All routes of the administration. */
export const ADMIN_ROUTES: readonly (AdminRoute | OpenRoute)[] = [
  ...signInRoutes,
  ...overviewRoutes,
  ...pageRoutes,
];
