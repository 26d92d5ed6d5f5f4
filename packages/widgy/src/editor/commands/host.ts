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
      requestAnimationFrame(() => focusIn(document.querySelector<HTMLElement>(REGIONS[pane])));
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

const FOCUSABLE =
  '[tabindex="0"], iframe, input, select, textarea, button, a[href], [contenteditable="true"]';

/** Gives a part the focus, and what stands first in it as soon as there is something: the code of a control may have to be loaded. */
function focusIn(region: HTMLElement | null): void {
  if (region === null) return;
  const first = firstIn(region);
  if (first !== undefined) {
    first.focus();
    return;
  }
  region.tabIndex = -1;
  region.focus();
  const observer = new MutationObserver(() => firstIn(region)?.focus());
  observer.observe(region, { childList: true, subtree: true });
  region.addEventListener('blur', () => observer.disconnect(), { once: true });
}

/** The tree where there is one, else what stands first, tools for it left out. */
function firstIn(region: HTMLElement): HTMLElement | undefined {
  const tree = region.querySelector<HTMLElement>('[role="tree"]');
  const all = region.querySelectorAll<HTMLElement>(FOCUSABLE);
  return tree ?? [...all].find((element) => element.closest('[role="toolbar"]') === null);
}
