// Runs in the page of the editor, before anything else does, and tells when things are seen. It is sent as the text of a script without
// imports. All times are in milliseconds; those of events are of the moment at which the browser got them.

/** What is waited for, and what has been found. */
interface Probe {
  /** When rows of the outline were seen first, and when the form was that a click on one of them opened; since the navigation. */
  readonly usable: Promise<{ readonly rows: number; readonly form: number }>;
  /** Waits for the next event of a kind, and then until something is seen that was caused by it. */
  expect(event: string, sight: Sight): void;
  /** How long it took from the event to the paint that showed what was expected; `from` and `until` are those two moments. */
  seen(): Promise<{ readonly from: number; readonly until: number }>;
  /** Milliseconds since the navigation when the answer to the last change was there. */
  answered(): number;
  /** Bytes of the page, and of the scripts that were loaded until now, as they were sent. */
  loaded(): { readonly html: number; readonly scripts: number };
  /** Scrolls the outline until a row is in its middle. */
  reveal(row: number): void;
  /** From now on, how long each key that is pressed takes until the next paint. */
  keysBegin(): void;
  keysEnd(): readonly number[];
  /** From now on, how long each frame takes until the next one. */
  framesBegin(): void;
  framesEnd(): readonly number[];
}

/** Something to be seen. */
type Sight =
  /** The form, with a text in its first control. */
  | { readonly kind: 'form'; readonly text: string }
  /** The row of a widget, somewhere else than it is now. */
  | { readonly kind: 'row-elsewhere'; readonly id: string }
  /** A widget in the preview, with an attribute. */
  | { readonly kind: 'preview'; readonly id: string; readonly attribute: string; readonly value: string }
  /** A widget in the preview, with a text. */
  | { readonly kind: 'preview-text'; readonly id: string; readonly text: string };

if (window === window.top) Object.assign(window, { probe: createProbe() });

function createProbe(): Probe {
  let expected: Promise<{ readonly from: number; readonly until: number }> | undefined;
  let keys: number[] = [];
  let frames: number[] = [];
  let frame = 0;
  const onKey = (event: KeyboardEvent) => {
    void painted().then((at) => keys.push(at - event.timeStamp));
  };
  return {
    usable: whenUsable(),
    expect(name, sight) {
      const isSeen = checkOf(sight);
      expected = new Promise((resolve) => {
        const hear = (event: Event) => {
          const until = seenIn(documentOf(sight), isSeen);
          void until.then((at) => resolve({ from: event.timeStamp, until: at }));
        };
        addEventListener(name, hear, { capture: true, once: true });
      });
    },
    seen: () => expected ?? Promise.reject(new Error('Nothing is expected.')),
    answered: () => timings('resource', '/changes').at(-1)?.responseEnd ?? Number.NaN,
    loaded: () => ({
      html: bytesOf(timings('navigation', '')),
      scripts: bytesOf(timings('resource', '.js')),
    }),
    reveal(row) {
      const scroller = document.querySelector<HTMLElement>('.outline-scroll');
      const height = document.querySelector('.outline-probe')?.getBoundingClientRect().height ?? 0;
      if (scroller !== null) scroller.scrollTop = row * height - scroller.clientHeight / 2;
    },
    keysBegin() {
      keys = [];
      addEventListener('keydown', onKey, { capture: true });
    },
    keysEnd() {
      removeEventListener('keydown', onKey, { capture: true });
      return keys;
    },
    framesBegin() {
      frames = [];
      let before: number | undefined;
      const note = (now: number) => {
        if (before !== undefined) frames.push(now - before);
        before = now;
        frame = requestAnimationFrame(note);
      };
      frame = requestAnimationFrame(note);
    },
    framesEnd() {
      cancelAnimationFrame(frame);
      return frames;
    },
  };
}

/** What was loaded from addresses whose path ends so. */
function timings(type: 'navigation' | 'resource', end: string): readonly PerformanceResourceTiming[] {
  return performance
    .getEntriesByType(type)
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .filter(({ name }) => new URL(name).pathname.endsWith(end));
}

function bytesOf(loaded: readonly PerformanceResourceTiming[]): number {
  return loaded.reduce((total, { encodedBodySize }) => total + encodedBodySize, 0);
}

async function whenUsable(): Promise<{ rows: number; form: number }> {
  const row = () => document.querySelector<HTMLElement>('.outline-widget:nth-child(3)');
  const rows = await seenIn(document, () => row() !== null);
  row()?.click();
  return { rows, form: await seenIn(document, () => document.querySelector('form.form') !== null) };
}

function checkOf(sight: Sight): () => boolean {
  switch (sight.kind) {
    case 'form':
      return () => document.querySelector<HTMLInputElement>('form.form .form-input')?.value === sight.text;
    case 'row-elsewhere': {
      const place = () =>
        document.querySelector<HTMLElement>(`[data-key="${sight.id}"]`)?.getAttribute('style');
      const before = place();
      return () => place() !== before;
    }
    case 'preview':
      return () => {
        const element = documentOf(sight).getElementById(sight.id);
        return element?.getAttribute(sight.attribute) === sight.value;
      };
    case 'preview-text':
      return () => documentOf(sight).getElementById(sight.id)?.textContent === sight.text;
  }
}

function documentOf({ kind }: Sight): Document {
  const isInPreview = kind === 'preview' || kind === 'preview-text';
  if (!isInPreview) return document;
  const inner = document.querySelector<HTMLIFrameElement>('.preview-frame')?.contentDocument;
  if (inner == null) throw new Error('There is no preview.');
  return inner;
}

/** The moment after the paint of the first frame in which something is to be seen. */
function seenIn(where: Document, isSeen: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSeen()) return false;
      observer.disconnect();
      void painted().then(resolve);
      return true;
    };
    const observer = new MutationObserver(look);
    if (look()) return;
    observer.observe(where, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

/** The moment after the next paint: a message that is sent before a frame is made arrives after it. */
function painted(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(performance.now());
      };
      port2.postMessage(undefined);
    });
  });
}
