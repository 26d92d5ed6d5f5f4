/** @jsxImportSource preact */
import type { TargetedEvent } from 'preact';
import { type ControlProps, textOf } from './control.ts';

/** One of several values. One that is kept and no longer offered stays to be seen. */
export function Choice({ id, field, entry, tied, place, onEntry, onLeave }: ControlProps) {
  const text = textOf(entry);
  const { words } = place.session;
  if (field.shape !== 'choice') return null;
  const isKnown = field.options.some(({ value }) => String(value) === text);
  const empty = field.emptyLabel ?? words.form.nothing;
  return (
    <select
      id={id}
      class="form-input"
      value={text}
      {...tied}
      onChange={({ currentTarget: { value } }: TargetedEvent<HTMLSelectElement>) => {
        onEntry({ kind: 'text', text: value });
        onLeave();
      }}
    >
      {isKnown ? null : (
        <option value={text}>
          {text === ''
            ? field.isNullable
              ? empty
              : words.form.choose
            : words.form.noLongerOffered({ value: text })}
        </option>
      )}
      {field.isNullable && (isKnown || text !== '') ? <option value="">{empty}</option> : null}
      {field.options.map(({ value, label }) => (
        <option key={String(value)} value={String(value)}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Yes or no. */
export function Flag({ id, entry, tied, onEntry, onLeave }: ControlProps) {
  return (
    <input
      id={id}
      type="checkbox"
      checked={entry.kind === 'flag' && entry.isOn}
      {...tied}
      onChange={({ currentTarget: { checked } }: TargetedEvent<HTMLInputElement>) => {
        onEntry({ kind: 'flag', isOn: checked });
        onLeave();
      }}
    />
  );
}

/** Any number of several values, in the order of the options. */
export function Choices({ id, field, entry, tied, place, onEntry, onLeave }: ControlProps) {
  if (field.shape !== 'choices') return null;
  const { words } = place.session;
  const chosen = entry.kind === 'chosen' ? entry.texts : [];
  const offered = field.options.map(({ value, label }) => ({ text: String(value), label }));
  const gone = chosen.filter((text) => !offered.some((option) => option.text === text));
  const all = [
    ...offered,
    ...gone.map((text) => ({ text, label: words.form.noLongerOffered({ value: text }) })),
  ];
  return (
    <div class="form-boxes">
      {all.map(({ text, label }, at) => (
        <label key={text}>
          <input
            // The first one is what a jump to the field leads to.
            id={at === 0 ? id : undefined}
            type="checkbox"
            checked={chosen.includes(text)}
            aria-invalid={tied['aria-invalid']}
            onChange={({ currentTarget: { checked } }: TargetedEvent<HTMLInputElement>) => {
              const now = new Set(chosen);
              if (checked) now.add(text);
              else now.delete(text);
              onEntry({
                kind: 'chosen',
                texts: all.map((option) => option.text).filter((one) => now.has(one)),
              });
              onLeave();
            }}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
