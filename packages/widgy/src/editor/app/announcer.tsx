/** @jsxImportSource preact */
import { useSignalEffect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../session/session.ts';

/**
 * Tells what happened: to screen readers, and as a line at the foot of the window to whoever looks. Whatever somebody does next takes the text
 * away, and each text is an element of its own: so the same one is said again where the same thing happens again.
 */
export function Announcer({ session: { announcement } }: AnnouncerProps) {
  const [said, setSaid] = useState({ text: '', count: 0 });
  useSignalEffect(() => {
    const text = announcement.value;
    setSaid(({ count }) => ({ text, count: count + 1 }));
  });
  useEffect(() => {
    const ending = new AbortController();
    const clear = () => {
      announcement.value = '';
    };
    for (const name of ['keydown', 'pointerdown'])
      addEventListener(name, clear, { capture: true, signal: ending.signal });
    return () => ending.abort();
  }, [announcement]);
  return (
    <>
      <p class="hidden-text" role="status" aria-live="polite">
        <span key={said.count}>{said.text}</span>
      </p>
      {said.text === '' ? null : <div class="editor-said" aria-hidden="true" data-said={said.text} />}
    </>
  );
}

/** What telling needs. */
export interface AnnouncerProps {
  readonly session: Pick<Session, 'announcement'>;
}
