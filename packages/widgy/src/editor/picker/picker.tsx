/** @jsxImportSource preact */

import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { pointerTo } from '../../tree/problems.ts';
import { findWidget, type Place } from '../../tree/tree.ts';
import { browserHost } from '../commands/host.ts';
import { insertWidget, insertWrapped } from '../commands/insert.ts';
import { sentenceOf } from '../commands/refusal.ts';
import { isOfComposition } from '../commands/typing.ts';
import { focusFieldSoon } from '../form/focus-field.ts';
import { Modal } from '../parts/modal.tsx';
import type { Session } from '../session/session.ts';
import type { PickerEnd, Surface } from '../session/surface.ts';
import { stepOption } from './active-option.ts';
import { offersAt } from './offers.ts';
import { type PickerOption, pickerGroups } from './options.ts';
import { PickerList } from './picker-list.tsx';
import { placeTitle } from './place-title.ts';
import { browserTexts, keepRecent, readRecent } from './recent.ts';
import { takesBack } from './slash.ts';

/** What the picker needs. */
export interface PickerProps {
  readonly session: Session;
  readonly surface: Surface;
  /** Where the new widget is to stand. */
  readonly at: Place;
  /** Is told how it was left: whoever opened it by a slash in a text does with that what `textAfterSlash` says. */
  readonly onEnd?: ((end: PickerEnd) => void) | undefined;
}

/** Chooses the type of a new widget: by typing, with the arrow keys, or with the pointer. */
export function Picker({ session, surface, at, onEnd }: PickerProps) {
  const { words } = session;
  const texts = words.picker;
  const [typed, setTyped] = useState('');
  const [isWithOthers, setWithOthers] = useState(false);
  const [active, setActive] = useState(0);
  const [said, setSaid] = useState('');
  const hasTyped = useRef(false);
  const end = useRef<PickerEnd>('closed');
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const tree = session.tree.value;
  // Offers hold for one tree: others may change it meanwhile.
  const offers = useMemo(() => offersAt(session, at, words.formats.language), [session, at, tree, words]);
  const recent = useMemo(() => readRecent(browserTexts()), []);
  const groups = useMemo(
    () => pickerGroups({ offers, recent, typed, isWithOthers }),
    [offers, recent, typed, isWithOthers],
  );
  const options = groups.flatMap((group) => group.options);
  const offeredCount = options.filter(({ kind }) => kind === 'add').length;
  const current = options[Math.min(active, options.length - 1)];
  // After the effect of the dialog, which gives the focus to its first button.
  useEffect(() => input.current?.focus(), []);

  const close = (as: PickerEnd) => {
    end.current = as;
    input.current?.closest('dialog')?.close();
  };

  const choose = (option: PickerOption) => {
    if (option.kind === 'none') return setSaid(sentenceOf(option.refusal, session));
    const { type } = option.type;
    const done =
      option.kind === 'add'
        ? insertWidget(session, type, at)
        : insertWrapped(session, type, option.wrapper, at);
    if (!done.ok) return setSaid(sentenceOf(done.refusal, session));
    keepRecent(browserTexts(), type);
    close('added');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isOfComposition(event)) return;
    const to = stepOption(
      event.key,
      options.findIndex(({ key }) => key === current?.key),
      options.length,
    );
    if (to !== undefined) setActive(to);
    else if (event.key === 'Enter' && current !== undefined) choose(current);
    else if (takesBack({ key: event.key, hasTyped: hasTyped.current })) close('taken-back');
    else return;
    event.preventDefault();
  };

  const isNothing = offers.offered.length === 0;
  const count = options.filter(({ kind }) => kind !== 'none').length;
  return (
    <Modal
      words={words}
      title={placeTitle(session, at)}
      name="picker"
      onClose={() => {
        surface.dialog.value = undefined;
        onEnd?.(end.current);
        // What it was opened from may be gone, and the new widget is what is meant now.
        if (end.current === 'added' && onEnd === undefined) leadOn(session);
      }}
    >
      <input
        ref={input}
        class="picker-search"
        type="text"
        role="combobox"
        aria-label={texts.search}
        placeholder={texts.search}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={list}
        aria-activedescendant={current && `${list}-${current.key}`}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => {
          hasTyped.current = true;
          setTyped(event.currentTarget.value);
          setActive(0);
          setSaid('');
        }}
        onKeyDown={onKeyDown}
      />
      {options.length === 0 ? (
        <p class="picker-none">{isNothing && typed === '' ? texts.none : texts.noneFound({ text: typed })}</p>
      ) : null}
      <PickerList
        id={list}
        session={session}
        groups={groups}
        active={current}
        onPoint={(option) => setActive(options.indexOf(option))}
        onChoose={choose}
      />
      <p class="picker-said" role="alert">
        {said}
      </p>
      <p class="hidden-text" role="status">
        {texts.found({ count })}
      </p>
      {offers.others.length > 0 ? (
        <label class="picker-others">
          <input
            type="checkbox"
            checked={isWithOthers}
            onChange={(event) => {
              const isAsked = event.currentTarget.checked;
              setWithOthers(isAsked);
              // They come last, where they would not be seen.
              if (isAsked) setActive(offeredCount);
            }}
          />
          {texts.showOthers}
        </label>
      ) : null}
    </Modal>
  );
}

/**
 * Leads to where somebody goes on who has added a widget: to its first field, or where others are to be added in it, to its row. Whoever adds such a
 * one in the page stays there.
 */
function leadOn(session: Session): void {
  const { data, tree, selection, catalogue } = session;
  const added = findWidget(tree.peek(), selection.peek().ids.at(-1) ?? '');
  const type = data.types.find((each) => each.type === added?.type);
  const [first] = type?.fields ?? [];
  const isLeaf = catalogue.get(added?.type ?? '')?.slots.size === 0;
  const isOpen = isLeaf && type?.rules.editable !== false;
  if (first !== undefined && isOpen && type?.permissions.change === true)
    focusFieldSoon(session, pointerTo([first.name]));
  else if (document.activeElement?.tagName !== 'IFRAME') browserHost(data).focus('outline');
}
