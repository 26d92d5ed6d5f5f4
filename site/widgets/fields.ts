import { z } from 'zod';

/** A field of one line. */
export const line = (label: string, initial: string, help?: string) =>
  z
    .string()
    .max(300)
    .default(initial)
    .meta(help === undefined ? { label } : { label, help });

/** A field of a few sentences. */
export const words = (label: string, initial: string, help?: string) =>
  z
    .string()
    .max(2000)
    .default(initial)
    .meta({ label, kind: 'long-text', ...(help === undefined ? {} : { help }) });

/** A field that holds the address of a page, or of whatever else. */
export const link = (label: string, initial: string) =>
  z.string().max(2000).default(initial).meta({ label, kind: 'link' });

/** A name that links lead to: `hours` is reached as `#at-hours`. */
export const anchor = (initial: string) =>
  z
    .string()
    .max(60)
    .regex(
      /^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?$/,
      'Use small letters, digits and single hyphens, beginning with a letter.',
    )
    .default(initial)
    .meta({
      label: 'Name for links',
      help: `Links lead here as #at-${initial}. Use each name once on a page.`,
    });

/** The drawings of the yard, by the names of their files, and what they are called. */
const DRAWINGS = {
  hero: 'The river',
  yard: 'The yard from the water',
  chart: 'The chart',
  shed: 'Inside the shed',
} as const;

const DRAWING_NAMES = ['hero', 'yard', 'chart', 'shed'] as const satisfies readonly (keyof typeof DRAWINGS)[];

/** The fields of a widget with a picture: a drawing of the yard, or one of the media in its place. `partials/drawing.liquid` shows it. */
export const pictureFields = (initial: keyof typeof DRAWINGS, alt: string) => ({
  drawing: z.enum(DRAWING_NAMES).default(initial).meta({ label: 'Drawing', options: DRAWINGS }),
  picture: z
    .string()
    .max(2000)
    .default('')
    .meta({ label: 'Picture', kind: 'image', help: 'Stands in the place of the drawing.' }),
  alt: line('Description of the picture', alt, 'Says what it shows, to people who do not see it.'),
});

/** Where a part of a page of the yard stands: in the column of a page, from edge to edge. */
export const BAND_PARENTS = ['one-column'] as const;
