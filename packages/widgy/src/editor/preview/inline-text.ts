import { effect } from '@preact/signals';
import { findWidget } from '../../tree/tree.ts';
import { mayDo } from '../commands/permissions.ts';
import { isOfComposition } from '../commands/typing.ts';
import { textOf } from '../form/control.ts';
import { focusFieldSoon } from '../form/focus-field.ts';
import { entryNow, type FormMemory, leaveField, type TypedPlace, typeInto } from '../form/memory.ts';
import { selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { PreviewPage } from './preview-page.ts';
import type { PreviewView } from './preview-view.ts';
import { caretAfter, caretIn, oneLine, setCaret, writtenText } from './text-caret.ts';

/** What writing into the page needs. */
export interface WritingProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly view: PreviewView;
  readonly memory: FormMemory;
}

/**
 * Lets somebody write into a text of the page itself, where its template says that an element shows a field as it is. What is typed is
 * typed into that field, as if it were typed into the form, which shows it too. Escape ends it, Enter does in a single line, and so does
 * going elsewhere. A text with markup is written in the form, which gets the focus.
 *
 * @param element an element that shows a field
 * @param at where the cursor is put: at the end, or where it is already, from a click
 * @returns whether it can be written into
 */
export function writeInPage(
  props: WritingProps,
  page: PreviewPage,
  element: HTMLElement,
  at: 'end' | 'pointer',
): boolean {
  const { session, surface, view, memory } = props;
  const widget = page.hooks.widgetAt(element);
  const name = element.dataset.widgyField;
  const type = session.data.types.find(
    (known) => known.type === findWidget(session.tree.peek(), widget ?? '')?.type,
  );
  const field = type?.fields.find((one) => one.name === name);
  const isOpen = type !== undefined && type.rules.editable !== false && mayDo(session, 'change', type.type);
  if (widget === undefined || field === undefined || !isOpen || surface.version.peek() !== undefined)
    return false;
  session.selection.value = selectOne(widget);
  if (field.kind === 'rich-text') {
    surface.pane.value = 'form';
    focusFieldSoon(session, `/${field.name}`);
    return true;
  }
  if (field.kind !== 'text' && field.kind !== 'long-text') return false;
  write({ session, memory, widget, type, field }, view, page, element, at);
  return true;
}

function write(
  place: TypedPlace,
  view: PreviewView,
  page: PreviewPage,
  element: HTMLElement,
  at: 'end' | 'pointer',
): void {
  const { session, memory, widget, field } = place;
  const isLine = field.kind === 'text';
  const { document } = page;
  const stop = new AbortController();
  const { signal } = stop;
  const before = { label: element.getAttribute('aria-label'), space: element.style.whiteSpace };
  let isComposing = false;

  // What the field has, and nothing that the template made of it, such as another text in the place of an empty one.
  const wanted = () => textOf(entryNow(place));
  const caret = caretIn(element);
  const isWhole = element.textContent === wanted();
  page.hold(widget);
  view.writing.value = widget;
  if (!isWhole) element.textContent = wanted();
  element.setAttribute('contenteditable', 'plaintext-only');
  element.setAttribute('aria-label', field.label);
  element.style.whiteSpace = 'pre-wrap';
  element.focus({ preventScroll: at === 'pointer' });
  setCaret(element, at === 'pointer' && isWhole ? caret : wanted().length);

  const read = () => {
    const text = isLine ? oneLine(writtenText(element)) : writtenText(element);
    typeInto(place, { kind: 'text', text });
    view.layout.value += 1;
  };
  // What others write into the same text comes in around the cursor.
  const unfollow = effect(() => {
    session.tree.value;
    memory.typed.value;
    if (findWidget(session.tree.peek(), widget) === undefined) return queueMicrotask(end);
    const shown = writtenText(element);
    const text = wanted();
    if (isComposing || shown === text || (isLine && oneLine(shown) === text)) return;
    const to = caretAfter(shown, text, caretIn(element));
    element.textContent = text;
    setCaret(element, to);
  });
  const end = () => {
    if (signal.aborted) return;
    stop.abort();
    unfollow();
    element.removeAttribute('contenteditable');
    if (before.label === null) element.removeAttribute('aria-label');
    else element.setAttribute('aria-label', before.label);
    element.style.whiteSpace = before.space;
    document.getSelection()?.removeAllRanges();
    leaveField(place);
    view.writing.value = undefined;
    page.hold(undefined);
  };
  element.addEventListener('input', () => isComposing || read(), { signal });
  element.addEventListener(
    'compositionstart',
    () => {
      isComposing = true;
    },
    { signal },
  );
  element.addEventListener(
    'compositionend',
    () => {
      isComposing = false;
      read();
    },
    { signal },
  );
  element.addEventListener('blur', end, { signal });
  element.addEventListener('drop', (event) => event.preventDefault(), { signal });
  element.addEventListener(
    'keydown',
    (event) => {
      if (isOfComposition(event)) return;
      const isEnd = event.key === 'Escape' || event.key === 'Tab' || (event.key === 'Enter' && isLine);
      if (event.key === 'Enter' && !isLine) {
        // Browsers differ in what they put there.
        event.preventDefault();
        document.execCommand('insertText', false, '\n');
      }
      if (!isEnd) return;
      // From there the keys mean the widget again.
      event.preventDefault();
      event.stopPropagation();
      element.blur();
    },
    { signal },
  );
}
