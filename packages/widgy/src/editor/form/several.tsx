/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { findWidget } from '../../tree/tree.ts';
import { labelOf } from '../commands/where.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { commonOf } from './common.ts';
import { valueText } from './value-text.ts';

/** What several widgets that are selected have in common, and what can be done with all of them. */
export function SeveralForm({
  session,
  surface,
  actions,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly actions: ComponentChildren;
}) {
  const { words, data, catalogue } = session;
  const { ids } = session.selection.value;
  const widgets = ids.flatMap((id) => findWidget(session.tree.value, id) ?? []);
  const types = new Map(data.types.map((type) => [type.type, type] as const));
  const { types: counts, fields } = commonOf(widgets, types);
  return (
    <div class="form">
      <h2>{words.form.several({ count: widgets.length })}</h2>
      <p>
        {words.formats.list(
          counts.map(({ type, count }) => `${words.formats.number(count)} × ${labelOf(catalogue, type)}`),
        )}
      </p>
      <p class="form-help">{words.form.severalHelp}</p>
      <div class="form-row">
        {actions ?? (
          <button
            type="button"
            onClick={() => {
              surface.dialog.value = { kind: 'move', ids };
            }}
          >
            {words.commands.moveTo}
          </button>
        )}
      </div>
      <h3>{words.form.inCommon}</h3>
      {fields.length === 0 ? <p class="form-help">{words.form.nothingInCommon}</p> : null}
      <dl class="form-values">
        {fields.map(({ field, value }) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>{value === undefined ? <em>{words.form.differs}</em> : valueText(field, value, words)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
