/** @jsxImportSource preact */
import type { TargetedFocusEvent, TargetedInputEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { COLOUR } from '../../widgets/fields/built-in-kinds.ts';
import { type ControlProps, controlKind, textOf, UNLABELLED } from './control.ts';

/** One line of text: also a number, a date, a time. What has lines already gets room for them. */
export function Input(props: ControlProps) {
  const { id, field, entry, tied, onEntry, onLeave } = props;
  const text = textOf(entry);
  const isHalf = useRef(false);
  if (/[\r\n]/.test(text)) return <TextArea {...props} />;
  const picker = field.shape === 'number' ? undefined : pickerFor(field.kind, text);
  const common = { id, class: 'form-input', value: text, ...tied };
  const take = ({ value, validity }: HTMLInputElement) => {
    isHalf.current = validity.badInput;
    onEntry({ kind: 'text', text: value, ...(validity.badInput ? { isHalf: true } : {}) });
  };
  const onInput = ({ currentTarget }: TargetedInputEvent<HTMLInputElement>) => take(currentTarget);
  if (picker !== undefined) {
    return (
      <input
        {...common}
        type={picker}
        step={STEPS[picker]}
        onInput={onInput}
        onBlur={({ currentTarget }: TargetedFocusEvent<HTMLInputElement>) => {
          // Nobody is told of what is typed into a picker that was empty until all of it is there.
          if (currentTarget.validity.badInput !== isHalf.current) take(currentTarget);
          onLeave();
        }}
      />
    );
  }
  // An input for numbers loses what is no number, and changes what is scrolled over.
  const inputMode = field.shape === 'number' ? (isCount(field) ? 'numeric' : 'decimal') : 'text';
  return <input {...common} type="text" inputMode={inputMode} onInput={onInput} onBlur={onLeave} />;
}

function isCount(field: ControlProps['field']): boolean {
  return field.shape === 'number' && field.isInteger && (field.minimum ?? -1) >= 0;
}

/** The types of inputs for which browsers have pickers. */
type Picker = 'date' | 'datetime-local' | 'time';

/** Pickers of times take seconds too. */
const STEPS: Readonly<Record<Picker, string>> = { date: '1', time: 'any', 'datetime-local': 'any' };

/** The picker for a text; none for one that it would not show, which can be mended as text. */
function pickerFor(kind: string, text: string): Picker | undefined {
  switch (kind) {
    case 'date':
      return /^$|^\d{4}-\d\d-\d\d$/.test(text) ? 'date' : undefined;
    case 'time':
      return /^$|^\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/.test(text) ? 'time' : undefined;
    case 'date-time':
      return /^$|^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?$/.test(text)
        ? 'datetime-local'
        : undefined;
    default:
      return undefined;
  }
}

/** Several lines of text. It grows with them. */
export function TextArea({ id, labelId, entry, tied, field, place, onEntry, onLeave }: ControlProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const text = textOf(entry);
  useLayoutEffect(() => grow(area.current), [text]);
  const limit = field.shape === 'text' ? field.maxLength : undefined;
  const { words } = place.session;
  return (
    <>
      <textarea
        id={id}
        ref={area}
        class="form-input"
        rows={field.kind === 'text' ? 2 : 4}
        value={text}
        // It stands in for controls that have no label of their own.
        aria-labelledby={UNLABELLED.has(controlKind(field)) ? labelId : undefined}
        {...tied}
        onInput={({ currentTarget: { value } }: TargetedInputEvent<HTMLTextAreaElement>) =>
          onEntry({ kind: 'text', text: value })
        }
        onBlur={onLeave}
      />
      {limit !== undefined && text.length > limit * 0.8 ? (
        <p class="form-count">{words.form.characters({ count: text.length, limit })}</p>
      ) : null}
    </>
  );
}

/** Most lines that a text is shown with before it scrolls. */
const MOST_PIXELS = 480;

function grow(area: HTMLTextAreaElement | null): void {
  // Browsers that can do it by themselves are told so by the style sheet.
  if (area === null || CSS.supports('field-sizing', 'content')) return;
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight + 2, MOST_PIXELS)}px`;
}

/** A colour as text, which can be empty and pasted into, and the picker of the browser beside it. */
export function Colour({ id, field, entry, tied, place, onEntry, onLeave }: ControlProps) {
  const text = textOf(entry);
  const { words } = place.session;
  return (
    <div class="form-row">
      <input
        id={id}
        class="form-input form-code"
        type="text"
        spellcheck={false}
        value={text}
        aria-label={field.label}
        {...tied}
        onInput={({ currentTarget: { value } }: TargetedInputEvent<HTMLInputElement>) =>
          onEntry({ kind: 'text', text: value })
        }
        onBlur={onLeave}
      />
      <input
        class="form-colour"
        type="color"
        aria-label={words.form.pickColour({ field: field.label })}
        value={COLOUR.test(text) ? text.toLowerCase() : '#000000'}
        onInput={({ currentTarget: { value } }: TargetedInputEvent<HTMLInputElement>) =>
          onEntry({ kind: 'text', text: value })
        }
        onBlur={onLeave}
      />
    </div>
  );
}
