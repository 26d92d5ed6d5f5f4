/** @jsxImportSource preact */
import { useComputed } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isSameJson, type JsonValue } from '../../tree/json.ts';
import { pointerTo } from '../../tree/problems.ts';
import type { ControlProps } from './control.ts';
import { formUrl, readPrintedForm, readTextMeaning, sentName } from './own-api.ts';
import { controlIn, fillControl, textIn, tieControl } from './printed-control.ts';

/** Milliseconds after the last key before the server is asked what was typed means. */
const PAUSE_MS = 400;

/**
 * A field of a kind of the site: its control is the one that the server prints, and the server says what is typed into it means. Without
 * the server it shows that it needs it, and goes on when the server is back.
 */
export function OwnControl(props: ControlProps) {
  const { id, path, entry, place, tied } = props;
  const { session, memory, widget } = place;
  const { words, data } = session;
  const box = useRef<HTMLDivElement>(null);
  const control = useRef<HTMLElement | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const value: JsonValue = entry.kind === 'value' ? entry.value : null;
  /** The value that the control shows, or that came of what was typed into it. */
  const known = useRef<JsonValue>(value);
  const [state, setState] = useState<'loading' | 'shown' | 'unreachable'>('loading');
  const [attempt, setAttempt] = useState(0);
  /** Asks the server again what could not be asked. */
  const askAgain = useRef<() => void>(() => {});
  const url = formUrl(data, widget);
  const name = sentName(path);
  const pointer = pointerTo(path);

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const typing = new AbortController();
    const kept = `${widget} ${pointer}`;
    const refuse = (refused: readonly string[]) =>
      latest.current.onEntry({ kind: 'value', value: known.current, refused });
    const take = async () => {
      timer = undefined;
      const text = memory.ownTexts.get(kept);
      if (text === undefined) return;
      const answer = await readTextMeaning(url, pointer, text);
      // Meanwhile somebody typed on: that is asked about in its turn.
      if (memory.ownTexts.get(kept) !== text) return;
      if (answer.kind !== 'done') refuse([words.form.needsServer]);
      else if (!answer.value.ok) refuse(answer.value.refused);
      else {
        memory.ownTexts.delete(kept);
        known.current = answer.value.value;
        latest.current.onEntry({ kind: 'value', value: answer.value.value });
        latest.current.onLeave();
      }
    };
    const load = async () => {
      // The server prints what it has: so it is given what is here first.
      await session.flush();
      const printed = await readPrintedForm(url);
      const found = printed && controlIn(printed, name);
      if (isOver || box.current === null) return;
      if (found === undefined) {
        setState('unreachable');
        return;
      }
      control.current = found.first;
      tieControl(found.first, latest.current);
      box.current.replaceChildren(...found.shown);
      setState('shown');
      const left = memory.ownTexts.get(kept);
      if (left !== undefined) {
        fillControl(found.first, left);
        void take();
      }
      askAgain.current = () => void take();
      box.current.addEventListener(
        'input',
        () => {
          memory.ownTexts.set(kept, textIn(box.current, name));
          clearTimeout(timer);
          timer = setTimeout(take, PAUSE_MS);
        },
        { signal: typing.signal },
      );
    };
    const { entry: now } = latest.current;
    known.current = now.kind === 'value' ? now.value : null;
    askAgain.current = () => void load();
    void load();
    return () => {
      isOver = true;
      typing.abort();
      if (timer === undefined) return;
      clearTimeout(timer);
      void take();
    };
  }, [url, name, pointer, attempt, session, memory, widget, words]);

  useEffect(() => {
    // Somebody else changed it: the server prints it anew.
    if (!isSameJson(known.current, value)) setAttempt((last) => last + 1);
  }, [value]);

  useEffect(() => {
    if (control.current !== undefined) tieControl(control.current, latest.current);
  }, [tied['aria-describedby'], tied['aria-invalid']]);

  const isOffline = useComputed(() => session.saving.value.kind === 'offline').value;
  const wasOffline = useRef(isOffline);
  useEffect(() => {
    if (wasOffline.current && !isOffline) askAgain.current();
    wasOffline.current = isOffline;
  }, [isOffline]);

  return (
    <div class="form-own" data-state={state} aria-busy={state === 'loading'}>
      <div ref={box} />
      {state === 'unreachable' ? (
        <>
          <p class="form-help">{words.form.ownNeedsServer}</p>
          <button id={id} type="button" onClick={() => askAgain.current()}>
            {words.app.tryAgain}
          </button>
        </>
      ) : null}
      {state === 'loading' ? <p class="form-help">{words.form.loading}</p> : null}
    </div>
  );
}
