import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';

/** A type that has a field of every kind, and shows the first one. */
export const sampler = defineWidget({
  type: 'sampler',
  label: 'Sampler',
  directory: import.meta.dirname,
  summary: 'line',
  fields: z.object({
    line: z
      .string()
      .min(1)
      .max(20)
      .default('Oak')
      .meta({ label: 'Line', help: 'Twenty characters at most.' }),
    sentences: z.string().max(100).default('').meta({ label: 'Sentences', kind: 'long-text' }),
    count: z.int().min(1).max(10).default(1).meta({ label: 'Count', help: 'From one to ten.' }),
    price: z.number().multipleOf(0.05).nullable().default(null).meta({ label: 'Price' }),
    isShown: z.boolean().default(false).meta({ label: 'Shown', help: 'To visitors.' }),
    colour: z.string().default('').meta({ label: 'Colour', kind: 'colour' }),
    day: z.iso.date().nullable().default(null).meta({ label: 'Day' }),
    hour: z.iso.time({ precision: -1 }).nullable().default(null).meta({ label: 'Hour' }),
    moment: z.iso.datetime({ precision: -1 }).nullable().default(null).meta({ label: 'Moment' }),
    size: z
      .literal([1, 2, 4])
      .default(1)
      .meta({ label: 'Size', options: { 1: 'Small', 2: 'Large', 4: 'Huge' } }),
    wood: z.enum(['oak', 'larch']).nullable().default(null).meta({ label: 'Wood', empty: 'Any' }),
    seasons: z
      .array(z.enum(['spring', 'summer', 'autumn']))
      .max(2)
      .default([])
      .meta({ label: 'Seasons', help: 'Two at most.' }),
    link: z.string().default('').meta({ label: 'Link', kind: 'link', help: 'Where it leads.' }),
    picture: z.string().default('').meta({ label: 'Picture', kind: 'image' }),
    rich: z.string().default('').meta({ label: 'Rich', kind: 'rich-text', help: 'With markup.' }),
    markdown: z.string().default('').meta({ label: 'Markdown', kind: 'markdown' }),
    source: z.string().default('').meta({ label: 'Source', kind: 'html-source' }),
    cells: z
      .array(z.array(z.string()))
      .default([['a', 'b']])
      .meta({ label: 'Cells', kind: 'table-cells', help: 'A line for each row.' }),
    stops: z
      .array(
        z.object({
          name: z.string().min(1).max(20).default('Quay').meta({ label: 'Name', help: 'As on the chart.' }),
          minutes: z.int().min(0).default(5).meta({ label: 'Minutes' }),
        }),
      )
      .max(4)
      .default([])
      .meta({ label: 'Stops', help: 'In order.' }),
  }),
});
