/** @jsxImportSource preact */

import type { TargetedInputEvent, TargetedKeyboardEvent } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ReferenceTargets } from '../../widgets/fields/link-choices.ts';
import { isOfComposition } from '../commands/typing.ts';
import { type FoundGroup, type FoundTarget, searchLinks } from '../server/links.ts';
import type { Session } from '../session/session.ts';
import { AddFile } from './add-file.tsx';

/** Milliseconds after the last key before the server is asked. */
const PAUSE_MS = 150;

/** What came of a search, and for which text. */
type Found =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'found'; readonly text: string; readonly groups: readonly FoundGroup[] }
  | { readonly kind: 'unreachable' };

/** Searches what a link can point at. Arrows go through what is found, Enter chooses, Escape closes. */
export function LinkSearch({
  session,
  takes = {},
  label,
  onChoose,
  onClose,
}: {
  readonly session: Session;
  readonly takes: ReferenceTargets | undefined;
  /** What the search is called. */
  readonly label: string;
  readonly onChoose: (target: FoundTarget) => void;
  readonly onClose: () => void;
}) {
  const { words, data } = session;
  const { types, isPicture = false } = takes;
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>({ kind: 'waiting' });
  const [at, setAt] = useState(0);
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  /** Whether the first that is found is chosen as soon as it is: Enter was pressed before. */
  const isAwaited = useRef(false);
  const choose = useRef(onChoose);
  choose.current = onChoose;
  // It was opened to be searched in.
  useLayoutEffect(() => input.current?.focus(), []);
  // With the text and not after it: what is answered to another text would be chosen for Enter.
  useLayoutEffect(() => {
    let isOver = false;
    const timer = setTimeout(
      async () => {
        const answer = await searchLinks(data, { text, types, isPicture, language: words.formats.language });
        if (isOver) return;
        const isChosen = isAwaited.current;
        isAwaited.current = false;
        setAt(0);
        setFound(
          answer.kind === 'done' ? { kind: 'found', text, groups: answer.value } : { kind: 'unreachable' },
        );
        const first = answer.kind === 'done' ? answer.value[0]?.targets[0] : undefined;
        if (isChosen && first !== undefined) choose.current(first);
      },
      text === '' ? 0 : PAUSE_MS,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text, types, isPicture, data, words]);
  const groups = found.kind === 'found' ? found.groups : [];
  const all = groups.flatMap(({ targets }) => targets);
  const optionId = (index: number) => `${listId}-${index}`;
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    const { key } = event;
    // These keys choose among signs then.
    if (isOfComposition(event)) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      isAwaited.current = false;
      const to = at + (key === 'ArrowDown' ? 1 : -1);
      setAt(Math.min(Math.max(to, 0), Math.max(all.length - 1, 0)));
      document.getElementById(optionId(to))?.scrollIntoView({ block: 'nearest' });
    } else if (key === 'Enter') {
      const target = all[at];
      // What is shown may have been found for what was typed before.
      if (found.kind === 'waiting' || (found.kind === 'found' && found.text !== text))
        isAwaited.current = true;
      else if (target !== undefined) onChoose(target);
    } else if (key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { files } = data;
  const takesFile = files !== null && (isPicture || types?.includes(files.type) === true);
  let index = -1;
  return (
    <div class="form-search">
      {takesFile ? <AddFile {...{ session, files, isPicture }} onAdded={onChoose} /> : null}
      <input
        class="form-input"
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={all.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={all.length > 0 ? optionId(at) : undefined}
        placeholder={isPicture ? words.form.searchMedia : words.form.searchLink}
        ref={input}
        value={text}
        onInput={({ currentTarget: { value } }: TargetedInputEvent<HTMLInputElement>) => {
          isAwaited.current = false;
          setText(value);
        }}
        onKeyDown={onKeyDown}
      />
      <p class="form-help" role="status">
        {stateText(session, found, all.length)}
      </p>
      <div id={listId} class="form-found" role="listbox" aria-label={label}>
        {groups.map(({ label: groupLabel, targets }) => (
          // biome-ignore lint/a11y/useSemanticElements: a list of options has groups of options, and no fieldset.
          <div key={groupLabel} role="group" aria-label={groupLabel}>
            <p class="form-group" aria-hidden="true">
              {groupLabel}
            </p>
            {targets.map((target) => {
              index += 1;
              const own = index;
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search, which names the active option.
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the search.
                <div
                  key={target.reference}
                  id={optionId(own)}
                  role="option"
                  class="form-option"
                  aria-selected={own === at}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => onChoose(target)}
                >
                  {target.picture === undefined ? null : (
                    <img class="form-thumb" src={target.picture} alt="" loading="lazy" decoding="async" />
                  )}
                  <span>{target.label}</span>
                  {target.picture === undefined && target.url?.startsWith('/') === true ? (
                    <span class="form-help">{target.url}</span>
                  ) : null}
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function stateText({ words }: Session, found: Found, count: number): string {
  switch (found.kind) {
    case 'waiting':
      return '';
    case 'unreachable':
      return words.form.needsServer;
    case 'found':
      if (count === 0) return words.form.noneFound;
      return found.groups.some(({ hasMore }) => hasMore) ? words.form.hasMore : words.form.found({ count });
  }
}
