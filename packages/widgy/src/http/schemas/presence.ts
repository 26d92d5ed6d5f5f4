import { z } from 'zod';
import { MAX_PRESENT } from '../../documents/limits.ts';
import { ID } from '../input.ts';

/** The widget that somebody is at; null for none. */
export const Presence = z.strictObject({ widget: ID.nullable() });

/** Somebody who is at a document, by a client of theirs. Author and name are null where nobody is known. */
export const Person = z.strictObject({
  client: z.string(),
  author: z.string().nullable(),
  name: z.string().nullable(),
  widget: z.string().nullable(),
});

/** All who are at a document. */
export const People = z.strictObject({ people: z.array(Person).max(MAX_PRESENT) });
