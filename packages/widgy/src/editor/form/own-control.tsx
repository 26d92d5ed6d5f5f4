/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import { isSameJson, type JsonValue } from '../../tree/json.ts';
import { pointerTo } from '../../tree/problems.ts';
import type { ControlProps } from './control.ts';
import { formUrl, readPrintedForm, readTextMeaning, sentName } from './own-api.ts';
import { type FieldProblem, problemText } from './problem.ts';

/** Milliseconds after the last key before the server is asked what was typed means. */
const PAUSE_MS = 400;

/**
 * A field of a kind of the site: its control is the one that the server prints, and the server says what is typed into it means. Without
 * the server it shows that it needs it.
 */
export function OwnControl(props: ControlProps) {
  const { id, path, entry, place } = props;
  const { session, memory, widget } = place;
  const { words, data } = session;
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const value: JsonValue = entry.kind === 'value' ? entry.value : null;
  /** The value that the control shows, or that came of what was typed into it. */
  const known = useRef<JsonValue>(value);
  const [state, setState] = useState<'loading' | 'shown' | 'unreachable'>('loading');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [attempt, setAttempt] = useState(0);
  const url = formUrl(data, widget);
  const name = sentName(path);
  const pointer = pointerTo(path);

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const typing = new AbortController();
    const kept = `${widget} ${pointer}`;
    const take = async () => {
      timer = undefined;
      const text = memory.ownTexts.get(kept);
      if (text === undefined) return;
      const answer = await readTextMeaning(url, pointer, text);
      // Meanwhile somebody typed on: that is asked about in its turn.
      if (memory.ownTexts.get(kept) !== text) return;
      if (answer.kind !== 'done') {
        setProblems([{ code: 'refused', path: pointer, said: words.form.needsServer }]);
      } else if (!answer.value.ok) setProblems(answer.value.problems);
      else {
        setProblems([]);
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
      const control = printed && controlIn(printed, name);
      if (isOver || box.current === null) return;
      if (control === undefined) {
        setState('unreachable');
        return;
      }
      tie(control.first, latest.current);
      box.current.replaceChildren(...control.shown);
      setState('shown');
      const left = memory.ownTexts.get(kept);
      if (left !== undefined) {
        fillText(control.first, left);
        take();
      }
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
    load();
    return () => {
      isOver = true;
      typing.abort();
      if (timer === undefined) return;
      clearTimeout(timer);
      take();
    };
  }, [url, name, pointer, attempt, session, memory, widget, words]);

  useEffect(() => {
    // Somebody else changed it: the server prints it anew.
    if (!isSameJson(known.current, value)) setAttempt((last) => last + 1);
  }, [value]);

  return (
    <div class="form-own" data-state={state} aria-busy={state === 'loading'}>
      <div ref={box} />
      {problems.length === 0 ? null : (
        <p class="form-error">{problems.map((problem) => problemText(problem, words)).join(' ')}</p>
      )}
      {state === 'unreachable' ? (
        <>
          <p class="form-help">{words.form.ownNeedsServer}</p>
          <button id={id} type="button" onClick={() => setAttempt(attempt + 1)}>
            {words.app.tryAgain}
          </button>
        </>
      ) : null}
      {state === 'loading' ? <p class="form-help">{words.form.loading}</p> : null}
    </div>
  );
}

interface PrintedControl {
  /** The element that has the focus when the field has. */
  readonly first: HTMLElement;
  /** Without its label and help, which the form of the editor has already. */
  readonly shown: readonly Node[];
}

/** The control of a field in a printed form, in this document. */
function controlIn(printed: Document, name: string): PrintedControl | undefined {
  const found = printed.getElementById(name);
  if (found === null) return undefined;
  const field = found.closest('.widgy-field') ?? found;
  const copy = document.importNode(field, true);
  for (const element of copy.querySelectorAll('label, legend, .widgy-help, .widgy-error, script, style')) {
    if (element.parentElement === copy) element.remove();
  }
  const first = copy.querySelector(`[id="${CSS.escape(name)}"]`) ?? copy;
  return first instanceof HTMLElement
    ? { first, shown: field === found ? [copy] : [...copy.childNodes] }
    : undefined;
}

function tie(control: HTMLElement, { id, labelId, tied }: ControlProps): void {
  control.id = id;
  control.setAttribute('aria-labelledby', labelId);
  const describedBy = tied['aria-describedby'];
  if (describedBy === undefined) control.removeAttribute('aria-describedby');
  else control.setAttribute('aria-describedby', describedBy);
  control.classList.add('form-input');
}

/** Puts a text that was typed before into a control that has one. */
function fillText(control: HTMLElement, text: string): void {
  if (control instanceof HTMLTextAreaElement) control.value = text;
  else if (control instanceof HTMLInputElement && control.type === 'text') control.value = text;
}

/** What a control sends. */
function textIn(box: Element | null, name: string): string {
  for (const control of box?.querySelectorAll(`[name="${CSS.escape(name)}"]`) ?? []) {
    const isText = control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement;
    if (isText) return control.value;
    if (!(control instanceof HTMLInputElement)) continue;
    const isBox = control.type === 'radio' || control.type === 'checkbox';
    if (!isBox || control.checked) return control.value;
  }
  return '';
}
