import { join } from 'node:path';
import { permissionsFor } from 'widgy/accounts';
import * as library from 'widgy/library';
import { defineSite, defineWidget } from 'widgy/widgets';

const content = ['text', 'image', 'heading', 'button'];

/** Two columns inside a page: the ones of the library are whole pages. */
const columns = defineWidget({
  type: 'columns',
  label: 'Columns',
  directory: join(import.meta.dirname, 'widgets/columns'),
  files: ['render.liquid'],
  children: {
    accept: [],
    slots: [
      { name: 'left', accept: content },
      { name: 'right', accept: content },
    ],
  },
});

/** The site of the benchmark: widgets of the library, and columns. */
export const site = defineSite({
  folder: import.meta.dirname,
  widgets: [...library.library, columns],
  kinds: library.libraryKinds,
  permissions: permissionsFor(),
});
