import type { Route } from '../route.ts';
import { changeRoutes } from './changes.ts';
import { commitRoutes } from './commits.ts';
import { documentRoutes } from './documents.ts';
import { eventRoutes } from './events.ts';
import { presenceRoutes } from './presence.ts';
import { siteRoutes } from './site.ts';
import { treeRoutes } from './trees.ts';
import { widgetRoutes } from './widgets.ts';

/** All routes of the API. */
export const ROUTES: readonly Route[] = [
  ...siteRoutes,
  ...documentRoutes,
  ...treeRoutes,
  ...changeRoutes,
  ...widgetRoutes,
  ...commitRoutes,
  ...presenceRoutes,
  ...eventRoutes,
];
