import './src/environment.ts';
import { defineConfig } from 'widgy';
import { settings } from './src/settings.ts';
import { site } from './src/site.ts';

export default defineConfig({
  site,
  settings,
  // In the administration, and in mails. What visitors read is the setting site.title.
  siteName: 'My site',
  pages: {
    menus: { main: { label: 'Main menu', depth: 1 } },
    // templates/pages/page.liquid
    templates: { page: 'Page' },
  },
});
