import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/**
 * A table of texts. Its cells are one field, not widgets: a table whose rows differ in length is then no value that the field takes, and
 * no two changes that are fine by themselves can make one together.
 */
export const table = defineWidget({
  type: 'table',
  label: 'Table',
  description: 'Rows and columns of texts.',
  keywords: ['grid', 'price list', 'spreadsheet'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    caption: z
      .string()
      .max(300)
      .default('')
      .meta({ label: 'Caption', help: 'Says what the table is about.' }),
    cells: z
      .array(z.array(z.string()))
      .default([
        ['Name', 'Price'],
        ['First', '10'],
      ])
      .meta({
        label: 'Cells',
        help: 'A line for each row, with | between cells. The first line has the headers. Rows copied from a spreadsheet can be pasted.',
        kind: 'table-cells',
      }),
    hasRowHeaders: z.boolean().default(false).meta({
      label: 'The first column names its rows',
      help: 'Its cells are then read aloud together with the others of their row.',
    }),
    alignment: z
      .enum(['start', 'center', 'end'])
      .default('start')
      .meta({
        label: 'Alignment of the other columns',
        help: 'Of all but the first. Numbers are compared best where they end at the same place.',
        options: { start: 'Where lines begin', center: 'In the middle', end: 'Where lines end' },
      }),
  }),
  summary: 'caption',
});
