import { defineConfig } from 'widgy';
import { definePermissions } from 'widgy/accounts';
import { site } from './site.ts';

export default defineConfig({
  site,
  siteName: 'Bench',
  permissions: definePermissions(site),
  pages: { menus: {}, templates: { page: 'Page' } },
});
