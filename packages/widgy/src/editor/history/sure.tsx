/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Words } from '../words/index.ts';

/** What is asked before it is done. */
export interface SureProps {
  readonly words: Words;
  /** What is done, as the button calls it. */
  readonly label: string;
  /** What somebody has to be sure of, as a question. */
  readonly question: string;
  readonly isBusy?: boolean;
  readonly onSure: () => void;
}

/** A button that asks first. The question takes the place of the button and has the focus, and gives it back when it is cancelled. */
export function Sure({ words, label, question, isBusy = false, onSure }: SureProps) {
  const [isAsked, setAsked] = useState(false);
  const ask = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (isAsked) cancel.current?.focus();
    else if (wasAsked.current) ask.current?.focus();
    wasAsked.current = isAsked;
  }, [isAsked]);
  if (!isAsked) {
    return (
      <button
        ref={ask}
        type="button"
        class="compact"
        aria-disabled={isBusy}
        onClick={() => !isBusy && setAsked(true)}
      >
        {label}
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no alert.
    <div class="sure" role="group" aria-label={question}>
      <p>{question}</p>
      <div class="sure-actions">
        <button
          type="button"
          class="compact danger"
          onClick={() => {
            setAsked(false);
            onSure();
          }}
        >
          {label}
        </button>
        <button ref={cancel} type="button" class="compact" onClick={() => setAsked(false)}>
          {words.app.cancel}
        </button>
      </div>
    </div>
  );
}
