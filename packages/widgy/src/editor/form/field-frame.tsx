/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { pointerTo } from '../../tree/problems.ts';
import { Choice, Choices, Flag } from './choice-controls.tsx';
import { type ControlProps, controlId, controlKind, type FieldProps, GROUPS, UNLABELLED } from './control.ts';
import { LinkControl } from './link-control.tsx';
import { ListControl } from './list-control.tsx';
import { CodeControl, RichTextControl } from './loaded-controls.tsx';
import { OwnControl } from './own-control.tsx';
import { problemsAt, problemText } from './problem.ts';
import { Colour, Input, TextArea } from './text-controls.tsx';

/** A field with its label, its help and what is wrong with it around its control. */
export function FieldFrame({ children, ...props }: FieldProps & { readonly children?: ComponentChildren }) {
  const { place, field, path, problems, entry } = props;
  const { words } = place.session;
  const kind = controlKind(field);
  const id = controlId(path);
  const own = problemsAt(problems, pointerTo(path));
  const helpId = field.help === undefined ? undefined : `${id}-help`;
  const errorId = own.length === 0 ? undefined : `${id}-error`;
  const describedBy = [helpId, errorId].filter((part) => part !== undefined).join(' ');
  const isNotKept = own.length > 0 && path.length === 1 && isTyped(place);
  const control: ControlProps = {
    ...props,
    id,
    labelId: `${id}-label`,
    tied: {
      'aria-describedby': describedBy === '' ? undefined : describedBy,
      'aria-invalid': errorId === undefined ? undefined : 'true',
      'aria-required': field.isRequired && !GROUPS.has(kind) ? 'true' : undefined,
    },
  };
  const label = (
    <>
      {field.label}
      {field.isRequired ? <span class="form-required"> ({words.form.required})</span> : null}
    </>
  );
  const help =
    helpId === undefined ? null : (
      <p id={helpId} class="form-help">
        {field.help}
      </p>
    );
  const error =
    errorId === undefined ? null : (
      <p id={errorId} class="form-error">
        {own.map((problem) => problemText(problem, words)).join(' ')}
        {isNotKept ? <span class="form-not-kept"> {words.form.notKept}</span> : null}
      </p>
    );
  const shown = <ControlOf {...control} />;
  if (GROUPS.has(kind)) {
    const { 'aria-describedby': by } = control.tied;
    return (
      <fieldset
        class="form-field"
        data-kind={field.kind}
        data-invalid={errorId !== undefined}
        aria-describedby={by}
      >
        <legend id={control.labelId}>{label}</legend>
        {help}
        {shown}
        {error}
        {children}
      </fieldset>
    );
  }
  if (kind === 'flag') {
    return (
      <div class="form-field form-flag" data-kind={field.kind}>
        {shown}
        <label id={control.labelId} for={id}>
          {label}
        </label>
        {help}
        {error}
        {children}
      </div>
    );
  }
  return (
    <div class="form-field" data-kind={field.kind} data-long={entry.kind === 'text' && kind === 'rich-text'}>
      {UNLABELLED.has(kind) ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: it is what a label does; keys go to the control itself.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
        <span id={control.labelId} class="form-label" onClick={() => document.getElementById(id)?.focus()}>
          {label}
        </span>
      ) : (
        <label id={control.labelId} for={id}>
          {label}
        </label>
      )}
      {help}
      {shown}
      {error}
      {children}
    </div>
  );
}

function isTyped({ memory, widget, field }: FieldProps['place']): boolean {
  return memory.typed.value.get(widget)?.has(field.name) === true;
}

function ControlOf(props: ControlProps) {
  switch (controlKind(props.field)) {
    case 'choice':
      return <Choice {...props} />;
    case 'choices':
      return <Choices {...props} />;
    case 'code':
      return <CodeControl {...props} />;
    case 'colour':
      return <Colour {...props} />;
    case 'flag':
      return <Flag {...props} />;
    case 'input':
      return <Input {...props} />;
    case 'link':
      return <LinkControl {...props} />;
    case 'list':
      return <ListControl {...props} />;
    case 'own':
      return <OwnControl {...props} />;
    case 'rich-text':
      return <RichTextControl {...props} />;
    case 'text-area':
      return <TextArea {...props} />;
  }
}
