/** @jsxImportSource preact */

import { useComputed } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { browserHost } from '../commands/host.ts';
import { isOfComposition, OWN_KEYS } from '../commands/typing.ts';
import { SelectedCost } from '../costs/selected-cost.tsx';
import { Form } from '../form/form.tsx';
import { createFormMemory, type FormMemory } from '../form/memory.ts';
import { PreviewFrame } from '../preview/frame.tsx';
import { createPreviewView } from '../preview/preview-view.ts';
import type { Session } from '../session/session.ts';
import type { Pane, Surface } from '../session/surface.ts';
import { SharedNote } from '../share/shared-note.tsx';
import { AboutPage, isBare } from './about-page.tsx';
import { Announcer } from './announcer.tsx';
import { Bar } from './bar.tsx';
import { Dialogs } from './dialogs.tsx';
import { ShownOutline } from './shown-outline.tsx';

/** What the whole of the editor needs. */
export interface AppProps {
  readonly session: Session;
  readonly surface: Surface;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const PANES: readonly Pane[] = ['outline', 'page', 'form'];

/** The editor: the outline on one side, the page in the middle, the form on the other, all with one selection. */
export function App({ session, surface, onKeyDown }: AppProps) {
  const { words } = session;
  const memory = useMemo(() => createFormMemory(session, surface.typed), [session, surface]);
  const view = useMemo(createPreviewView, []);
  // Whatever has the focus is in front, so that it is still seen where there is no room for all of them any more.
  const inFront = (pane: Pane) => () => {
    surface.pane.value = pane;
  };
  return (
    <div class="editor-frame" data-pane={surface.pane}>
      <Bar session={session} surface={surface} />
      <Panes session={session} surface={surface} />
      <main class="editor-columns">
        <section class="editor-outline" aria-label={words.app.outlineRegion} onFocusIn={inFront('outline')}>
          <ShownOutline session={session} surface={surface} unseen={view.unseen} />
        </section>
        <section class="editor-preview" aria-label={words.app.previewRegion} onFocusIn={inFront('page')}>
          <PreviewFrame {...{ session, surface, view, memory, onKeyDown }} />
        </section>
        <FormColumn {...{ session, surface, memory }} onFocusIn={inFront('form')} />
      </main>
      <Dialogs session={session} surface={surface} />
      <Announcer session={session} />
    </div>
  );
}

/** The fields of what is selected, from their beginning whenever something else is. */
function FormColumn({
  session,
  surface,
  memory,
  onFocusIn,
}: Pick<AppProps, 'session' | 'surface'> & {
  readonly memory: FormMemory;
  readonly onFocusIn: () => void;
}) {
  const column = useRef<HTMLElement>(null);
  const shown = useComputed(() => session.selection.value.ids.at(-1)).value;
  // With the fields and not after them: nobody sees another widget's fields from where they were left.
  useLayoutEffect(() => {
    column.current?.scrollTo({ top: 0, behavior: 'instant' });
  }, [shown]);
  // Escape leads back to the row of the widget. What is open in a field has done with the key what it means there; code takes it before Tab.
  const leave = (event: KeyboardEvent) => {
    const { target, key, defaultPrevented } = event;
    const isOwn = target instanceof Element && target.closest(`[${OWN_KEYS}], .form-code`) !== null;
    if (key !== 'Escape' || isOfComposition(event) || defaultPrevented || isOwn) return;
    event.preventDefault();
    surface.pane.value = 'outline';
    browserHost(session.data).focus('outline');
  };
  return (
    <section
      ref={column}
      class="editor-form"
      aria-label={session.words.app.formRegion}
      onFocusIn={onFocusIn}
      onKeyDown={leave}
    >
      <SharedNote session={session} surface={surface} />
      {isBare(session) ? null : <Form session={session} surface={surface} memory={memory} />}
      <AboutPage session={session} surface={surface} />
      <SelectedCost session={session} />
    </section>
  );
}

/** Says which part is in front, where there is room for one only. */
function Panes({ session, surface }: Pick<AppProps, 'session' | 'surface'>) {
  return (
    <nav class="panes" aria-label={session.words.app.editor}>
      {PANES.map((pane) => (
        <button
          key={pane}
          type="button"
          aria-pressed={surface.pane.value === pane}
          onClick={() => {
            surface.pane.value = pane;
          }}
        >
          {paneName(session, pane)}
        </button>
      ))}
    </nav>
  );
}

function paneName({ words }: Session, pane: Pane): string {
  if (pane === 'outline') return words.outline.title;
  return pane === 'form' ? words.app.form : words.preview.title;
}
