import type { EditorData } from '../server/editor-data.ts';
import { MAX_TARGETS, searchLinks } from '../server/links.ts';
import type { Pane } from '../session/surface.ts';
import type { SearchTargets } from './resolve-references.ts';

/** What commands need of the browser and of the server beside the draft. */
export interface Host {
  /** Where this administration is: `https://example.org/admin`. */
  readonly origin: string;
  /** Absent where the page was not loaded safely. */
  readonly clipboard: Pick<Clipboard, 'readText' | 'writeText'> | undefined;
  readonly search: SearchTargets;
  /** Leaves for another page. */
  readonly go: (url: string) => void;
  /** Gives a part of the editor the focus. */
  readonly focus: (pane: Pane) => void;
  /** The part that has the focus; undefined for none. */
  readonly pane: () => Pane | undefined;
}

/** The browser that this runs in. */
export function browserHost(data: Pick<EditorData, 'api' | 'admin' | 'document'>): Host {
  return {
    origin: new URL(data.admin, location.href).href,
    // Browsers leave it out of pages without HTTPS, whatever the types say.
    clipboard: 'clipboard' in navigator ? navigator.clipboard : undefined,
    async search(type, text) {
      const question = { text, types: [type], limit: MAX_TARGETS, language: document.documentElement.lang };
      const answer = await searchLinks(data, question);
      return answer.kind === 'done' ? answer.value.flatMap(({ targets }) => targets) : undefined;
    },
    go: (url) => location.assign(url),
    focus: (pane) => {
      // It may only be shown with the next frame, where there is room for one part only.
      requestAnimationFrame(() => focusIn(document.querySelector(REGIONS[pane])));
    },
    pane: () => PANES.find((pane) => document.activeElement?.closest(REGIONS[pane])),
  };
}

const PANES: readonly Pane[] = ['outline', 'page', 'form'];

/** The parts of the editor in its page. */
const REGIONS: Readonly<Record<Pane, string>> = {
  outline: '.editor-outline',
  page: '.editor-preview',
  form: '.editor-form',
};

/** What takes the focus first: where one was before, as lists with one Tab stop have it, else what stands first. */
const FOCUSABLE =
  '[tabindex="0"], iframe, input, select, textarea, button, a[href], [contenteditable="true"]';

function focusIn(region: Element | null): void {
  const first = region?.querySelector<HTMLElement>(FOCUSABLE);
  if (first instanceof HTMLElement) first.focus();
}
