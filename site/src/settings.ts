import { defineSetting, defineSettings } from 'widgy/settings';
import { z } from 'zod';
import { isReadableUnderWhite } from './contrast.ts';

const isEditable = true;
const isPublic = true;

/** What editors may change for all pages at once. None of it is used in a compress block, so bundles are built without the database. */
export const settings = defineSettings([
  defineSetting({
    name: 'site.title',
    label: 'Name of the yard',
    help: 'In the footer, and where the sign of the yard is read aloud.',
    schema: z.string().min(1).max(80).default('Larter & Bly'),
    ...{ isEditable, isPublic },
  }),
  defineSetting({
    name: 'site.colour',
    label: 'Colour of the brand',
    help: 'Of buttons and links. White letters stand on it, so it has to be a dark one.',
    schema: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'Choose a colour, such as #b23f26.')
      .refine(
        isReadableUnderWhite,
        'White letters cannot be read on this colour. Choose a darker one, such as #b23f26.',
      )
      .default('#b23f26')
      .meta({ kind: 'colour' }),
    ...{ isEditable, isPublic },
  }),
  defineSetting({
    name: 'site.tagline',
    label: 'Words below the sign in the footer',
    schema: z
      .string()
      .max(200)
      .default('Wooden boats built, mended and let by the half-day on the River Wend since 1898.'),
    ...{ isEditable, isPublic },
  }),
  defineSetting({
    name: 'site.footnote',
    label: 'Last line of all pages',
    schema: z.string().max(200).default('Lifejackets are included with every boat and worn in every boat.'),
    ...{ isEditable, isPublic },
  }),
  defineSetting({
    name: 'yard.phone',
    label: 'Telephone',
    help: 'As it is dialled within the country, beginning with 0.',
    schema: z
      .string()
      .regex(/^0[\d ]{6,20}$/, 'Enter a telephone number that begins with 0.')
      .default('01632 960 147'),
    ...{ isEditable, isPublic },
  }),
  defineSetting({
    name: 'yard.email',
    label: 'E-mail',
    schema: z.email('Enter an e-mail address.').max(120).default('yard@larterandbly.example'),
    ...{ isEditable, isPublic },
  }),
]);
