import { defineConfig } from 'widgy';
import { permissions, settings, site } from './site.ts';

export default defineConfig({
  site,
  settings,
  permissions,
  siteName: 'Old Harbour',
  pages: {
    menus: { main: { label: 'Main menu', depth: 2 } },
    templates: { page: 'Page', landing: 'Landing page' },
  },
});
