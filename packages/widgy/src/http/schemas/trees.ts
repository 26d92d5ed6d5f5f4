import { z } from 'zod';
import { OPERATION_KINDS } from '../../tree/operation.ts';

/** The id of a widget or a document, as `isId` has it. */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);

/** The name of a type or a slot, as `isTypeName` has it. */
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_./-]{0,99}$/);

/** What the fields of a widget are is said by its type: the JSON Schema of each is in the description of the site. */
const fields = z.record(z.string(), z.unknown());

/** A widget and all below it. */
export const Widget = z.strictObject({
  id,
  type: name,
  slot: name.optional(),
  fields: fields.optional(),
  get children() {
    return z.array(Widget).optional();
  },
});

/** Where a widget stands. */
export const Place = z.strictObject({ parent: id, slot: name.optional(), before: id.optional() });

const [insert, move, set, remove, duplicate, wrap, unwrap] = OPERATION_KINDS;

const kinds = {
  insert: z.strictObject({ kind: z.literal(insert), widget: Widget, at: Place }),
  move: z.strictObject({ kind: z.literal(move), id, to: Place }),
  set: z.strictObject({
    kind: z.literal(set),
    id,
    fields: fields.optional(),
    unset: z.array(z.string()).optional(),
  }),
  remove: z.strictObject({ kind: z.literal(remove), id }),
  duplicate: z.strictObject({
    kind: z.literal(duplicate),
    id,
    at: Place,
    ids: z.array(z.tuple([id, id])).min(1),
  }),
  wrap: z.strictObject({
    kind: z.literal(wrap),
    widget: z.strictObject({ id, type: name, fields: fields.optional() }),
    children: z.array(z.strictObject({ id, slot: name.optional() })).min(1),
  }),
  unwrap: z.strictObject({ kind: z.literal(unwrap), id }),
};

/** An operation on a tree. */
export const Operation = z.discriminatedUnion('kind', [
  kinds.insert,
  kinds.move,
  kinds.set,
  kinds.remove,
  kinds.duplicate,
  kinds.wrap,
  kinds.unwrap,
]);

/** The wish for a new widget of a type, with its defaults and with ids that the server makes. It becomes an `insert`. */
export const Add = z.strictObject({ kind: z.literal('add'), type: name, at: Place });

/** What may be asked for. */
export const AskedOperation = z.union([Operation, Add]);

/** What is different between two trees. A place is absent where a widget is the root. */
export const Diff = z.strictObject({
  added: z.array(z.strictObject({ id, to: Place.optional() })),
  removed: z.array(z.strictObject({ id, from: Place.optional() })),
  moved: z.array(z.strictObject({ id, from: Place.optional(), to: Place.optional() })),
  changed: z.array(
    z.strictObject({
      id,
      type: z.strictObject({ from: name, to: name }).optional(),
      fields: z.array(
        z.strictObject({ name: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }),
      ),
    }),
  ),
});
