import { fieldOf } from '../../tree/json.ts';
import type { Widget } from '../../tree/widget.ts';
import { parseReference } from '../../widgets/fields/reference.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';

/** What references name call-outs by. */
const CALLOUT = 'callout';

/** The fields that hold a call-out and nothing else, by the types that have one: widgets of these show it. Remembered for each list of types. */
export function calloutFields(types: readonly TypeDescription[]): ReadonlyMap<string, string> {
  const known = memo.get(types) ?? new Map(types.flatMap(fieldFor));
  memo.set(types, known);
  return known;
}

const memo = new WeakMap<readonly TypeDescription[], ReadonlyMap<string, string>>();

function fieldFor({ type, fields }: TypeDescription): readonly (readonly [type: string, field: string])[] {
  const field = fields.find(
    ({ takes }) => takes?.isOnly === true && takes.types?.length === 1 && takes.types[0] === CALLOUT,
  );
  return field === undefined ? [] : [[type, field.name]];
}

/** The id of the call-out that a widget shows; undefined where it shows none. */
export function calloutShownBy(
  widget: Widget | undefined,
  types: readonly TypeDescription[],
): string | undefined {
  if (widget === undefined) return undefined;
  const field = calloutFields(types).get(widget.type);
  const value = field === undefined ? undefined : fieldOf(widget.fields, field);
  const reference = typeof value === 'string' ? parseReference(value) : undefined;
  return reference?.type === CALLOUT ? reference.id : undefined;
}

/** The text that a field has for a call-out. */
export function calloutReference(id: string): string {
  return `widgy:${CALLOUT}/${id}`;
}
