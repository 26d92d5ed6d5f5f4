/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { pointerTo } from '../../tree/problems.ts';
import { Choice, Choices, Flag } from './choice-controls.tsx';
import {
  type ControlKind,
  type ControlProps,
  controlId,
  controlKind,
  type FieldProps,
  GROUPS,
  UNLABELLED,
} from './control.ts';
import { LinkControl } from './link-control.tsx';
import { ListControl } from './list-control.tsx';
import { CodeControl, RichTextControl } from './loaded-controls.tsx';
import { OwnControl } from './own-control.tsx';
import { problemsAt, problemText } from './problem.ts';
import { Colour, Input, TextArea } from './text-controls.tsx';

/** What stands around a control beside what its field says. */
export interface FrameProps extends FieldProps {
  /** What there is to know of the value that is shown. */
  readonly note?: string | undefined;
  readonly children?: ComponentChildren;
}

/** A field with its label, its help and what is wrong with it around its control. */
export function FieldFrame({ note, children, ...props }: FrameProps) {
  const { place, field, path, problems, entry } = props;
  const { words } = place.session;
  const kind = controlKind(field);
  const id = controlId(path);
  const own = problemsAt(problems, pointerTo(path));
  const helpId = field.help === undefined ? undefined : `${id}-help`;
  const errorId = own.length === 0 ? undefined : `${id}-error`;
  const noteId = note === undefined ? undefined : `${id}-note`;
  const describedBy = [helpId, noteId, errorId].filter((part) => part !== undefined).join(' ');
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
  const told = (
    <>
      {noteId === undefined ? null : (
        <p id={noteId} class="form-help">
          {note}
        </p>
      )}
      {errorId === undefined ? null : (
        <p id={errorId} class="form-error">
          {own.map((problem) => problemText(problem, words)).join(' ')}
          {isNotKept ? <span class="form-not-kept"> {words.form.notKept}</span> : null}
        </p>
      )}
      {children}
    </>
  );
  const shown = <ControlOf {...control} />;
  if (GROUPS.has(kind)) {
    // Where there is one control that has it, it is not told twice.
    const by = MANY_CONTROLS.has(kind) ? control.tied['aria-describedby'] : undefined;
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
        {told}
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
        {told}
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
      {told}
    </div>
  );
}

/** Groups in which no control stands for the whole field. */
const MANY_CONTROLS: ReadonlySet<ControlKind> = new Set(['choices', 'list']);

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
