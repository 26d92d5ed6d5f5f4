/** @jsxImportSource preact */

import { useMemo } from 'preact/hooks';
import { SelectedCost } from '../costs/selected-cost.tsx';
import { Form } from '../form/form.tsx';
import { createFormMemory } from '../form/memory.ts';
import { PreviewFrame } from '../preview/frame.tsx';
import { createPreviewView } from '../preview/preview-view.ts';
import type { Session } from '../session/session.ts';
import type { Pane, Surface } from '../session/surface.ts';
import { SharedNote } from '../share/shared-note.tsx';
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
  const memory = useMemo(() => createFormMemory(session), [session]);
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
        <section class="editor-form" aria-label={words.app.formRegion} onFocusIn={inFront('form')}>
          <SharedNote session={session} surface={surface} />
          <Form session={session} surface={surface} memory={memory} />
          <SelectedCost session={session} />
        </section>
      </main>
      <Dialogs session={session} surface={surface} />
      <Announcer session={session} />
    </div>
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
