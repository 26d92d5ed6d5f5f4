/** @jsxImportSource preact */
import { render } from 'preact';
import { measure } from '../tree/measure.ts';
import { createCatalogue } from '../tree/rules/catalogue.ts';
import { App } from './app/app.tsx';
import { watchLeaving } from './app/leaving.ts';
import { Recovery } from './app/recovery.tsx';
import { listenToClipboard } from './commands/clipboard-events.ts';
import { keyHandler } from './commands/keys.ts';
import { afterPaint } from './parts/after-paint.ts';
import { renderAfterTyping } from './parts/render-after-typing.ts';
import { browserDevice, holdClient } from './server/device.ts';
import { draftApi } from './server/draft-api.ts';
import { EDITOR_DATA_ID, EDITOR_ID, type EditorData } from './server/editor-data.ts';
import { listen } from './server/events.ts';
import { sharedApi } from './server/shared-api.ts';
import { begin, type LeftChanges } from './session/begin.ts';
import { EditSession } from './session/edit-session.ts';
import { createSurface } from './session/surface.ts';
import { watchShared } from './share/watch-shared.ts';
import { wordsFor } from './words/index.ts';

/** Opens the editor in the page that the server made for it. */
async function main(): Promise<void> {
  const place = document.getElementById(EDITOR_ID);
  const text = document.getElementById(EDITOR_DATA_ID)?.textContent;
  if (place === null || text == null) return;
  const data: EditorData = JSON.parse(text);
  const made = createCatalogue(data.types.map(({ rules }) => rules));
  if (!made.ok) throw new Error(made.problems.join('; '));
  const words = await wordsFor(data.me.language ?? document.documentElement.lang);
  const device = browserDevice(data.me.id);
  const api = draftApi(data.api, data.document);
  const client = await holdClient(newId);
  const show = (view: Parameters<typeof render>[0]) => {
    if (place.ariaBusy !== 'false') place.replaceChildren();
    place.ariaBusy = 'false';
    render(view, place);
  };
  const offer = (left: LeftChanges) =>
    new Promise<boolean>((resolve) => {
      show(<Recovery words={words} left={left} onChoice={resolve} />);
    });
  const start = await begin({ data, device, api, client, offer });
  const session = new EditSession({
    ...{ data, words, client, newId, start, api, device },
    catalogue: made.catalogue,
    listen: (after, handlers) => listen(data.api, data.document, after, handlers),
    now: () => Date.now(),
    report: (error) => reportError(error),
    later(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
  });
  const surface = createSurface();
  const onKeyDown = keyHandler(session, surface);
  session.open();
  watchShared(session, surface, sharedApi(data));
  document.addEventListener('keydown', onKeyDown);
  listenToClipboard(session, surface, document);
  addEventListener('online', () => void session.flush());
  watchLeaving(session, surface, window);
  renderAfterTyping(window);
  show(<App session={session} surface={surface} onKeyDown={onKeyDown} />);
  // The limits of a tree are asked for with each change: with the first one, all of it would be measured.
  afterPaint(() => measure(session.tree.peek().root));
}

/** `randomUUID` is there for `https:` and for this very machine only. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Not awaited: with a module that is, the bundler puts what runs at once into many files.
void main();
