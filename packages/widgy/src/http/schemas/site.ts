import { z } from 'zod';
import { COUNT } from '../input.ts';
import { Field } from './widgets.ts';

const names = z.array(z.string());

const slot = {
  accept: names,
  default: names.optional(),
  min: COUNT.optional(),
  max: COUNT.optional(),
};

/** Where widgets of a type may stand, as the browser can evaluate it. */
export const Rules = z.strictObject({
  type: z.string(),
  label: z.string(),
  groups: names.optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  draggable: z.boolean().optional(),
  deletable: z.boolean().optional(),
  editable: z.boolean().optional(),
  children: z
    .strictObject({ ...slot, slots: z.array(z.strictObject({ name: z.string(), ...slot })).optional() })
    .optional(),
  parents: names.optional(),
  notInsideItself: z.boolean().optional(),
  isRootChoice: z.boolean().optional(),
});

/** A type of widgets. */
export const Type = z.strictObject({
  type: z.string(),
  label: z.string(),
  description: z.string().optional(),
  keywords: z.array(z.string()).optional(),
  summary: z.string().optional(),
  fields: z.array(Field),
  jsonSchema: z.record(z.string(), z.unknown()),
  rules: Rules,
  /** Whether the server has more to say than the rules: then it must be asked. */
  hasFunctions: z.boolean(),
  permissions: z.strictObject({ add: z.boolean(), change: z.boolean(), delete: z.boolean() }),
});

/** The types of the site, and how large trees may get. */
export const SiteDescription = z.strictObject({
  types: z.array(Type),
  limits: z.strictObject({
    depth: COUNT,
    widgets: COUNT,
    bytes: COUNT,
    fieldBytes: COUNT,
    fieldDepth: COUNT,
  }),
});

/** An OpenAPI document. */
export const OpenApi = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) });
