// Runs in the browser in development: swaps style sheets, reloads, and shows what is broken.
import type { LiveEvent, LiveProblem } from './live-event.ts';

const OVERLAY = 'widgy-overlay';

const source = new EventSource(new URL('live-reload', import.meta.url));
let wasLost = false;

source.addEventListener('message', ({ data }) => {
  const event: LiveEvent = JSON.parse(data);
  if (event.type === 'reload') location.reload();
  else if (event.type === 'style') swapStyle(event.folder, event.file);
  else showProblems(event.problems);
});

// The server was restarted: what it renders may have changed.
source.addEventListener('error', () => {
  wasLost = true;
});
source.addEventListener('open', () => {
  if (wasLost) location.reload();
});

/** Loads the new style sheet beside the old one and removes that only then, so that the page never stands bare. */
function swapStyle(folder: string, file: string): void {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].filter(
    (link) => new URL(link.href).pathname.split('/').at(-2) === folder && !link.dataset.widgyOld,
  );
  if (links.length === 0) location.reload();
  for (const link of links) {
    const next = link.cloneNode();
    if (!(next instanceof HTMLLinkElement)) continue;
    next.href = new URL(file, link.href).href;
    if (next.href === link.href) continue;
    link.dataset.widgyOld = 'true';
    next.addEventListener('load', () => link.remove(), { once: true });
    next.addEventListener('error', () => location.reload(), { once: true });
    link.after(next);
  }
}

function showProblems(problems: readonly LiveProblem[]): void {
  document.getElementById(OVERLAY)?.remove();
  if (problems.length === 0) return;
  const host = document.createElement('div');
  host.id = OVERLAY;
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [overlayStyle()];
  root.append(dialog(problems, () => host.remove()));
  document.documentElement.append(host);
}

function dialog(problems: readonly LiveProblem[], close: () => void): HTMLElement {
  const panel = element('section', '');
  panel.setAttribute('role', 'alertdialog');
  panel.setAttribute('aria-label', 'Compressor errors');
  const button = element('button', 'Close');
  button.addEventListener('click', close);
  panel.append(button);
  for (const { title, place, frame, help } of problems) {
    panel.append(element('h2', title), element('p', place), element('pre', frame), element('p', help));
  }
  return panel;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.hidden = text === '' && name !== 'section';
  return made;
}

/** A sheet that is no element: a content security policy stops elements without its nonce. */
function overlayStyle(): CSSStyleSheet {
  const style = new CSSStyleSheet();
  style.replaceSync(`
    section { position: fixed; inset: auto 1rem 1rem; z-index: 2147483647; max-height: 70vh; overflow: auto; margin: 0 auto;
      max-width: 60rem; padding: 1.25rem 1.5rem; border-radius: 0.5rem; border-left: 0.4rem solid #e5484d; background: #1b1b1f;
      color: #ededf0; box-shadow: 0 1rem 3rem #0008; font: 1rem/1.5 system-ui, sans-serif; }
    h2 { margin: 0 4rem 0.25rem 0; font-size: 1.05rem; color: #ff9592; overflow-wrap: anywhere; }
    p { margin: 0.25rem 0; overflow-wrap: anywhere; }
    pre { margin: 0.75rem 0; padding: 0.75rem; overflow-x: auto; border-radius: 0.25rem; background: #0d0d10;
      font: 0.9rem/1.45 ui-monospace, monospace; }
    button { position: absolute; top: 1rem; right: 1rem; padding: 0.25rem 0.75rem; border: 1px solid #8888; border-radius: 0.25rem;
      background: none; color: inherit; font: inherit; cursor: pointer; }
    button:focus-visible { outline: 2px solid #fff; outline-offset: 2px; }
  `);
  return style;
}
