import { defineConfig } from 'widgy';
import { definePermissions } from 'widgy/accounts';
import { checkedRendering } from './src/checked-rendering.ts';
import { settings } from './src/settings.ts';
import { site } from './src/site.ts';

export default defineConfig({
  site,
  settings,
  siteName: 'Larter & Bly',
  permissions: definePermissions(site, { special: ['unsafe-html'] }),
  pages: {
    menus: { main: { label: 'Main menu', depth: 1 }, footer: { label: 'Footer', depth: 1 } },
    templates: {
      page: 'With its title on top',
      wide: 'Without a title: a hero or thanks bring one',
    },
    mounts: {
      fleet: 'The filter of the boats',
      booking: 'The booking form',
      thanks: 'What was asked for in the booking form',
    },
  },
  rendering: checkedRendering,
});
