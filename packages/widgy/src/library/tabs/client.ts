// Without this script tabs are parts of the page, one below the other, with links to them. With it, one is shown at a time.
export {};

/** One tab: the link that shows it, and what it shows. */
interface Tab {
  readonly link: HTMLAnchorElement;
  readonly panel: HTMLElement;
}

const groups = Array.from(document.querySelectorAll<HTMLElement>('.w-tabs'), upgrade);
if (groups.length > 0) {
  addEventListener('hashchange', showTarget);
  showTarget();
}

function upgrade(element: HTMLElement): readonly Tab[] {
  const list = element.querySelector<HTMLElement>(':scope > .w-tabs-list');
  const links = list?.querySelectorAll<HTMLAnchorElement>('a') ?? [];
  const tabs = Array.from(links).flatMap((link): Tab[] => {
    const panel = document.getElementById(link.hash.slice(1));
    return panel?.parentElement === element ? [{ link, panel }] : [];
  });
  const [first] = tabs;
  if (list === null || first === undefined) return [];
  list.setAttribute('role', 'tablist');
  for (const tab of tabs) {
    const { link, panel } = tab;
    link.parentElement?.setAttribute('role', 'presentation');
    link.setAttribute('role', 'tab');
    link.setAttribute('aria-controls', panel.id);
    panel.setAttribute('role', 'tabpanel');
    link.addEventListener('click', (event) => {
      // A new window or a new tab of the browser is what was asked for then.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      choose(tabs, tab);
    });
    link.addEventListener('keydown', (event) => onKey(event, tabs, tab));
  }
  select(tabs, first);
  element.classList.add('w-tabs-ready');
  return tabs;
}

/** Shows a tab that somebody chose. Its address can be passed on, and going back leaves the page as it does anywhere else. */
function choose(tabs: readonly Tab[], chosen: Tab): void {
  select(tabs, chosen);
  history.replaceState(history.state, '', chosen.link.hash);
}

function select(tabs: readonly Tab[], chosen: Tab): void {
  for (const { link, panel } of tabs) {
    const isChosen = link === chosen.link;
    link.setAttribute('aria-selected', String(isChosen));
    link.tabIndex = isChosen ? 0 : -1;
    panel.hidden = !isChosen;
    panel.tabIndex = 0;
  }
}

/** As lists of tabs work everywhere: arrows go from one to the next and show it, around the ends. */
function onKey(event: KeyboardEvent, tabs: readonly Tab[], current: Tab): void {
  const { key } = event;
  const step = getComputedStyle(current.link).direction === 'rtl' ? -1 : 1;
  const at = tabs.indexOf(current);
  const wanted: Readonly<Record<string, number>> = {
    ArrowRight: at + step,
    ArrowLeft: at - step,
    Home: 0,
    End: tabs.length - 1,
    ' ': at,
  };
  const next = Object.hasOwn(wanted, key) ? tabs.at((wanted[key] ?? at) % tabs.length) : undefined;
  if (next === undefined) return;
  event.preventDefault();
  choose(tabs, next);
  next.link.focus();
}

/** Shows the tab that the address names, and those around what it names. */
function showTarget(): void {
  const target = document.getElementById(decoded(location.hash.slice(1)));
  if (target === null) return;
  const around = groups.flatMap((tabs) =>
    tabs.filter(({ panel }) => panel.contains(target)).map((tab) => ({ tabs, tab })),
  );
  for (const { tabs, tab } of around) select(tabs, tab);
  if (around.length > 0) target.scrollIntoView();
}

/** A fragment that is not well formed names nothing. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return '';
  }
}
