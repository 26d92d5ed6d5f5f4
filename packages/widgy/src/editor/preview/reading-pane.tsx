/** @jsxImportSource preact */
import { headingsIn } from '../check/headings.ts';
import { Reading } from '../check/reading.tsx';
import type { Session } from '../session/session.ts';
import type { Surface } from '../session/surface.ts';
import type { PreviewView } from './preview-view.ts';

/** The headings of the page in the place of the page. Going to one of them shows the page again. */
export function ReadingPane({
  session,
  surface,
  view,
  onGone,
}: {
  readonly session: Session;
  readonly surface: Surface;
  readonly view: PreviewView;
  readonly onGone: () => void;
}) {
  view.layout.value;
  const page = view.page.value;
  const headings = page === undefined ? [] : headingsIn(page.document, (node) => page.hooks.widgetAt(node));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the buttons in it.
    // biome-ignore lint/a11y/useKeyWithClickEvents: buttons say of keys that they were clicked.
    <div
      class="preview-reading"
      onClick={({ target }) => {
        if (target instanceof Element && target.closest('button') !== null) onGone();
      }}
    >
      <Reading session={session} surface={surface} headings={headings} />
    </div>
  );
}
