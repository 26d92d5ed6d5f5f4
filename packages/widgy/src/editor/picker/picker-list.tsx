/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sentenceOf } from '../commands/refusal.ts';
import type { Session } from '../session/session.ts';
import type { PickerGroup, PickerOption } from './options.ts';
import { TypeDrawing } from './type-drawing.tsx';

/** What the list of the picker needs. */
export interface PickerListProps {
  /** The id of the list; options have it before their key. */
  readonly id: string;
  readonly session: Session;
  readonly groups: readonly PickerGroup[];
  readonly active: PickerOption | undefined;
  readonly onPoint: (option: PickerOption) => void;
  readonly onChoose: (option: PickerOption) => void;
}

/** The types to choose from. The focus stays in the search: this says which one is meant. */
export function PickerList({ id, session, groups, active, onPoint, onChoose }: PickerListProps) {
  const { words } = session;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.key]);
  return (
    <div ref={list} id={id} class="picker-list" role="listbox" aria-label={words.picker.all}>
      {groups.map(({ name, options }) => (
        // biome-ignore lint/a11y/useSemanticElements: a list box holds no field sets
        <div key={name} class="picker-group" role="group" aria-labelledby={`${id}-${name}`}>
          <h3 id={`${id}-${name}`} role="presentation">
            {name === 'others' ? words.picker.whyNot : words.picker[name]}
          </h3>
          {options.map((option) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the search, which has the focus
            <div
              key={option.key}
              id={`${id}-${option.key}`}
              class={`picker-option picker-${option.kind}`}
              role="option"
              tabIndex={-1}
              aria-selected={option.key === active?.key}
              aria-disabled={option.kind === 'none'}
              onPointerMove={option.key === active?.key ? undefined : () => onPoint(option)}
              onClick={() => onChoose(option)}
            >
              <OptionText option={option} session={session} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function OptionText({ option, session }: { readonly option: PickerOption; readonly session: Session }) {
  const { type } = option;
  if (option.kind === 'wrap') {
    const { label: wrapper } = option.wrapper;
    return <span class="picker-label">{session.words.picker.addWrapped({ what: type.label, wrapper })}</span>;
  }
  const text = option.kind === 'none' ? sentenceOf(option.refusal, session) : type.description;
  return (
    <>
      <TypeDrawing type={type} />
      <span class="picker-words">
        <span class="picker-label">{type.label}</span>
        {text === undefined ? null : <span class="picker-text">{text}</span>}
      </span>
    </>
  );
}
