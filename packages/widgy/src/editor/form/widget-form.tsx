/** @jsxImportSource preact */
import { useEffect, useMemo } from 'preact/hooks';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { mayDo } from '../commands/permissions.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import { Conflicts } from './conflict.tsx';
import { Field } from './field.tsx';
import { JumpList } from './jump-list.tsx';
import { type FieldPlace, type FormMemory, leaveField } from './memory.ts';
import { ReadOnlyFields } from './read-only.tsx';
import { openBySlash } from './slash-key.ts';

/** The form of one widget of a type that the site has. */
export function WidgetForm({
  session,
  surface,
  memory,
  widget,
  type,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly memory: FormMemory;
  readonly widget: string;
  readonly type: TypeDescription;
}) {
  const { words } = session;
  const what = type.label;
  const places = useMemo(
    () => type.fields.map((field): FieldPlace => ({ session, memory, widget, type, field })),
    [session, memory, widget, type],
  );
  // What is typed into is left when the form goes, whether the browser says so or not.
  useEffect(() => () => places.forEach(leaveField), [places]);
  const isEditable = type.rules.editable !== false;
  return (
    <form
      class="form"
      aria-label={words.form.title({ what })}
      noValidate
      autocomplete="off"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => openBySlash(session, surface, event)}
    >
      <h2>{what}</h2>
      {type.description === undefined ? null : <p class="form-about">{type.description}</p>}
      <Conflicts session={session} widget={widget} what={what} />
      {!isEditable ? (
        <p>{words.form.notEditable({ what })}</p>
      ) : type.fields.length === 0 ? (
        <p>{words.form.noFields({ what })}</p>
      ) : mayDo(session, 'change', type.type) ? (
        <>
          <JumpList places={places} />
          {places.map((place) => (
            <Field key={place.field.name} place={place} />
          ))}
        </>
      ) : (
        <>
          <p>{words.form.notPermitted({ what })}</p>
          <ReadOnlyFields session={session} widget={widget} fields={type.fields} />
        </>
      )}
    </form>
  );
}
