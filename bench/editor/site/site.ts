import { join } from 'node:path';
import { permissionsFor } from 'widgy/accounts';
import { defineSite, defineWidget } from 'widgy/widgets';
import { z } from 'zod';

const directoryOf = (type: string) => join(import.meta.dirname, 'widgets', type);
const files = ['render.liquid'] as const;

/** All of a page. */
const sheet = defineWidget({
  ...{ type: 'sheet', label: 'Sheet', directory: directoryOf('sheet'), files },
  isRootChoice: true,
  children: { accept: ['box', 'note'] },
});

/** What others stand in, it itself among them. */
const box = defineWidget({
  ...{ type: 'box', label: 'Box', directory: directoryOf('box'), files },
  children: { accept: ['box', 'note'] },
  fields: z.object({ name: z.string().max(100).default('').meta({ label: 'Name' }) }),
  summary: 'name',
});

/** A text, a number and a choice. */
const note = defineWidget({
  ...{ type: 'note', label: 'Note', directory: directoryOf('note'), files },
  fields: z.object({
    text: z.string().max(500).default('').meta({ label: 'Text' }),
    count: z.int().min(0).max(1_000).default(0).meta({ label: 'Count' }),
    tone: z
      .enum(['calm', 'loud'])
      .default('calm')
      .meta({ label: 'Tone', options: { calm: 'Calm', loud: 'Loud' } }),
  }),
  summary: 'text',
});

/** The site of the benchmark: few types, of which pages of any size can be made. */
export const site = defineSite({
  folder: import.meta.dirname,
  widgets: [sheet, box, note],
  permissions: permissionsFor(),
});
