/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { findWidget } from '../../tree/tree.ts';
import { mayDo } from '../commands/permissions.ts';
import { labelOf } from '../commands/where.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { type CommonField, commonOf } from './common.ts';
import { FieldOfAll } from './field-of-all.tsx';
import type { FormMemory } from './memory.ts';
import { valueText } from './value-text.ts';

/** What several widgets that are selected have in common, and what can be done with all of them. */
export function SeveralForm({
  session,
  surface,
  memory,
  actions,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly memory: FormMemory;
  readonly actions: ComponentChildren;
}) {
  const { words, data, catalogue } = session;
  const { ids } = session.selection.value;
  const widgets = ids.flatMap((id) => findWidget(session.tree.value, id) ?? []);
  const types = new Map(data.types.map((type) => [type.type, type] as const));
  const { types: counts, fields } = commonOf(widgets, types);
  const edited = fields.filter(isForAll);
  const read = fields.filter((common) => !isForAll(common));
  const [first, ...others] = counts.flatMap(({ type }) => types.get(type) ?? []);
  const mayEdit = counts.every(
    ({ type }) => mayDo(session, 'change', type) && types.get(type)?.rules.editable !== false,
  );
  return (
    <form
      class="form"
      aria-label={words.form.several({ count: widgets.length })}
      noValidate
      autocomplete="off"
      onSubmit={(event) => event.preventDefault()}
    >
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
      {first !== undefined && mayEdit
        ? edited.map((common) => (
            <FieldOfAll
              key={`${ids.join(' ')} ${common.field.name}`}
              {...{ session, memory, ids, common }}
              types={[first, ...others]}
            />
          ))
        : null}
      <dl class="form-values">
        {(mayEdit ? read : fields).map(({ field, value }) => (
          <div key={field.name}>
            <dt>{field.label}</dt>
            <dd>{value === undefined ? <em>{words.form.differs}</em> : valueText(field, value, words)}</dd>
          </div>
        ))}
      </dl>
    </form>
  );
}

/**
 * Whether a field can be edited in several widgets at once. What only the server can read it reads for one; and lists that differ have no
 * items of which one could be changed.
 */
function isForAll({ field, value }: CommonField): boolean {
  return field.shape !== 'own' && (field.shape !== 'list' || value !== undefined);
}
