/** @jsxImportSource preact */
import { findWidget } from '../../tree/tree.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { Session } from '../session/session.ts';
import { valueIn } from './entry.ts';
import { valueText } from './value-text.ts';

/** The fields of a widget to be read. */
export function ReadOnlyFields({
  session,
  widget,
  fields,
}: {
  readonly session: Session;
  readonly widget: string;
  readonly fields: readonly FieldDescription[];
}) {
  const values = findWidget(session.tree.value, widget)?.fields ?? {};
  return (
    <dl class="form-values">
      {fields.map((field) => (
        <div key={field.name}>
          <dt>{field.label}</dt>
          <dd>{valueText(field, valueIn(field, values), session.words)}</dd>
        </div>
      ))}
    </dl>
  );
}
