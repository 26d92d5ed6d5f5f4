import type { AdminRoute } from '../route.ts';
export const pageRoutes: readonly AdminRoute[] = [];
