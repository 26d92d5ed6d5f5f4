import { join } from 'node:path';
import { permissionsFor } from 'widgy/accounts';
import { library, libraryKinds } from 'widgy/library';
import { defineSite } from 'widgy/widgets';
import { quote } from '../widgets/quote/quote.ts';

/** What pages can be made of: the widgets of the library, and the site's own. */
export const site = defineSite({
  folder: join(import.meta.dirname, '..'),
  widgets: [...library, quote],
  kinds: libraryKinds,
  permissions: permissionsFor(),
});
