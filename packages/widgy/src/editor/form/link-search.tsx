/** @jsxImportSource preact */
import type { TargetedInputEvent, TargetedKeyboardEvent } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ReferenceTargets } from '../../widgets/fields/link-choices.ts';
import { type FoundGroup, type FoundTarget, searchLinks } from '../server/links.ts';
import type { Session } from '../session/session.ts';

/** Milliseconds after the last key before the server is asked. */
const PAUSE_MS = 150;

type Found =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'found'; readonly groups: readonly FoundGroup[] }
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
  // It was opened to be searched in.
  useLayoutEffect(() => input.current?.focus(), []);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(
      async () => {
        const answer = await searchLinks(data, { text, types, isPicture, language: words.formats.language });
        if (isOver) return;
        setAt(0);
        setFound(answer.kind === 'done' ? { kind: 'found', groups: answer.value } : { kind: 'unreachable' });
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
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const to = at + (key === 'ArrowDown' ? 1 : -1);
      setAt(Math.min(Math.max(to, 0), Math.max(all.length - 1, 0)));
      document.getElementById(optionId(to))?.scrollIntoView({ block: 'nearest' });
    } else if (key === 'Enter') {
      const target = all[at];
      if (target !== undefined) onChoose(target);
    } else if (key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  let index = -1;
  return (
    <div class="form-search">
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
        onInput={({ currentTarget: { value } }: TargetedInputEvent<HTMLInputElement>) => setText(value)}
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
