/** @jsxImportSource preact */
import type { TargetedInputEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type FoundTarget, searchLinks } from '../server/links.ts';
import { type ControlProps, textOf } from './control.ts';
import { LinkSearch } from './link-search.tsx';

/**
 * What a link points at: something of the site, chosen by its name, or an address where the field takes one. What is kept stays to be seen,
 * whether the server can be asked or not.
 */
export function LinkControl(props: ControlProps) {
  const { id, field, entry, tied, place, onEntry, onLeave } = props;
  const { session, memory } = place;
  const { words, data } = session;
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isReturning = useRef(false);
  useLayoutEffect(() => {
    if (isReturning.current) button.current?.focus();
    isReturning.current = false;
  });
  const text = textOf(entry);
  const isPicture = field.takes?.isPicture === true;
  const isReference = text.startsWith('widgy:');
  const takesAddress = field.takes?.isOnly !== true && !isReference;
  // Whoever is led to the field is led to what there is to mend in it.
  const isAddress = takesAddress && text !== '';
  const label = memory.labels.get(text)?.label ?? labelAmong(data.referenceLabels, text);
  const picture = isPicture
    ? isReference
      ? memory.labels.get(text)?.picture
      : pictureAddress(text)
    : undefined;
  const isGone = useLookUp(
    props,
    isReference && (label === undefined || (isPicture && picture === undefined)),
  );
  const close = () => {
    const { activeElement } = document;
    // A file may arrive when somebody has gone on to something else long since.
    isReturning.current = activeElement === document.body || box.current?.contains(activeElement) === true;
    setOpen(false);
  };
  const choose = (next: string) => {
    onEntry({ kind: 'text', text: next });
    onLeave();
    close();
  };
  const chooseWords = isPicture ? words.form.chooseMedia : words.form.chooseLink;
  const clearWords = isPicture ? words.form.clearMedia : words.form.clearLink;
  const changeWords = isPicture ? words.form.changeMedia : words.form.chooseLink;
  return (
    <div ref={box} class="form-link">
      {picture === undefined ? null : (
        <img class="form-thumb" src={picture} alt="" loading="lazy" decoding="async" />
      )}
      {isReference ? (
        <p class="form-chosen">
          {label ?? text}
          {isGone ? <span class="form-help"> {words.form.linkMissing}</span> : null}
        </p>
      ) : null}
      <div class="form-row">
        <button
          ref={button}
          id={isAddress ? undefined : id}
          type="button"
          aria-expanded={isOpen}
          aria-describedby={tied['aria-describedby']}
          aria-label={`${field.label}: ${text === '' ? chooseWords : changeWords}`}
          onClick={() => setOpen(!isOpen)}
        >
          {text === '' ? chooseWords : changeWords}
        </button>
        {text === '' ? null : (
          <button type="button" aria-label={`${field.label}: ${clearWords}`} onClick={() => choose('')}>
            {clearWords}
          </button>
        )}
      </div>
      {isOpen ? (
        <LinkSearch
          session={session}
          takes={field.takes}
          label={`${field.label}: ${isPicture ? words.form.searchMedia : words.form.searchLink}`}
          onChoose={(target: FoundTarget) => {
            memory.labels.set(target.reference, { label: target.label, picture: target.picture });
            choose(target.reference);
          }}
          onClose={close}
        />
      ) : null}
      {takesAddress ? (
        <label class="form-address">
          <span>{words.form.typeAddress}</span>
          <input
            id={isAddress ? id : undefined}
            class="form-input"
            type="text"
            inputMode="url"
            spellcheck={false}
            value={text}
            placeholder="https://…"
            aria-label={`${field.label}: ${words.form.typeAddress}`}
            {...tied}
            onInput={({ currentTarget: { value } }: TargetedInputEvent<HTMLInputElement>) =>
              onEntry({ kind: 'text', text: value })
            }
            onBlur={onLeave}
          />
        </label>
      ) : null}
    </div>
  );
}

/**
 * Asks what a reference is called, and for its picture, where this tab does not know it; says whether it is sure that there is nothing
 * of that name.
 */
function useLookUp({ field, entry, place }: ControlProps, isUnknown: boolean): boolean {
  const { session, memory } = place;
  const { data, words } = session;
  const [gone, setGone] = useState<string>();
  const [, setTick] = useState(0);
  const reference = textOf(entry);
  const { types, isPicture = false } = field.takes ?? {};
  useEffect(() => {
    if (!isUnknown || memory.labels.has(reference)) return;
    let isOver = false;
    const label = labelAmong(data.referenceLabels, reference);
    const question = { text: label ?? '', types, isPicture, language: words.formats.language };
    searchLinks(data, question).then((answer) => {
      if (isOver || answer.kind !== 'done') return;
      const targets = answer.value.flatMap((group) => group.targets);
      const found = targets.find((target) => target.reference === reference);
      if (found !== undefined) {
        memory.labels.set(reference, { label: found.label, picture: found.picture });
        setTick((tick) => tick + 1);
      } else if (label === undefined && answer.value.every(({ hasMore }) => !hasMore)) setGone(reference);
    });
    return () => {
      isOver = true;
    };
  }, [reference, isUnknown, types, isPicture, data, words, memory]);
  return gone === reference;
}

function labelAmong(labels: Readonly<Record<string, string>>, text: string): string | undefined {
  return Object.hasOwn(labels, text) ? labels[text] : undefined;
}

function pictureAddress(text: string): string | undefined {
  return /^(?:\/|https?:\/\/)\S/i.test(text) ? text : undefined;
}
