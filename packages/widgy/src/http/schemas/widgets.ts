import { z } from 'zod';
import { COUNT } from '../input.ts';

/** One thing that is wrong with the fields of a widget. */
export const FieldError = z.strictObject({ code: z.string(), path: z.string(), message: z.string() });

const described = {
  name: z.string(),
  kind: z.string(),
  label: z.string(),
  help: z.string().optional(),
  isRequired: z.boolean(),
  isNullable: z.boolean(),
  default: z.unknown(),
  takesReferences: z.literal(true).optional(),
  takes: z
    .strictObject({
      types: z.array(z.string()).optional(),
      isPicture: z.literal(true).optional(),
      isOnly: z.literal(true).optional(),
    })
    .optional(),
};

const items = { minItems: COUNT.optional(), maxItems: COUNT.optional() };

const options = z.array(
  z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]), label: z.string() }),
);

/** What there is to know of a field to let somebody edit it. */
export const Field: z.ZodType = z.discriminatedUnion('shape', [
  z.strictObject({
    ...described,
    shape: z.literal('text'),
    minLength: COUNT.optional(),
    maxLength: COUNT.optional(),
    utcEnd: z.enum(['Z', ':00Z']).optional(),
  }),
  z.strictObject({
    ...described,
    shape: z.literal('number'),
    isInteger: z.boolean(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    step: z.number().optional(),
  }),
  z.strictObject({ ...described, shape: z.literal('flag') }),
  z.strictObject({ ...described, shape: z.literal('choice'), options }),
  z.strictObject({ ...described, shape: z.literal('choices'), options, ...items }),
  z.strictObject({
    ...described,
    shape: z.literal('list'),
    get fields(): z.ZodArray<z.ZodType> {
      return z.array(Field);
    },
    newItem: z.record(z.string(), z.unknown()),
    ...items,
  }),
  z.strictObject({ ...described, shape: z.literal('own') }),
]);

/** The edit form of a widget: its fields as they are kept, and what is wrong with them by the rules of today. */
export const Form = z.strictObject({
  widget: z.string(),
  type: z.string(),
  label: z.string(),
  sequence: COUNT,
  fields: z.array(Field),
  values: z.record(z.string(), z.unknown()),
  errors: z.array(FieldError),
});

/** Texts of single controls of a form that can be read at once. */
const MAX_TEXTS = 100;

/** What was typed into single controls of a form, by JSON Pointers into the fields. */
export const FormTexts = z.strictObject({
  texts: z
    .record(z.string(), z.string())
    .refine((texts) => Object.keys(texts).length <= MAX_TEXTS, `must have at most ${MAX_TEXTS} texts`),
});

/** The values that texts mean, by their pointers, and what is wrong with the others. */
export const TextValues = z.strictObject({
  values: z.record(z.string(), z.unknown()),
  errors: z.array(FieldError),
});

/** What links may point at, in groups. */
export const LinkChoices = z.strictObject({
  groups: z.array(
    z.strictObject({
      type: z.string(),
      label: z.string(),
      targets: z.array(
        z.strictObject({
          id: z.string(),
          label: z.string(),
          url: z.string().optional(),
          picture: z.strictObject({ url: z.string(), width: COUNT, height: COUNT }).optional(),
          document: z.string().optional(),
        }),
      ),
      hasAddresses: z.literal(false).optional(),
      hasMore: z.literal(true).optional(),
    }),
  ),
});

/** Widgets that something may be put into, with the slots that take it; null is for no slot. */
export const PossibleParents = z.strictObject({
  sequence: COUNT,
  parents: z.array(z.strictObject({ id: z.string(), slots: z.array(z.string().nullable()) })),
});

/** What may be put into each widget of a draft: for each widget the index of its shelf. */
export const Shelves = z.strictObject({
  sequence: COUNT,
  shelves: z.array(z.array(z.strictObject({ slot: z.string().optional(), types: z.array(z.string()) }))),
  of: z.record(z.string(), COUNT),
});
