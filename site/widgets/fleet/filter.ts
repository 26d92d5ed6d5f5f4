import Fuse from 'fuse.js';

interface Entry {
  element: HTMLElement;
  kind: string;
  seats: number;
  words: string;
}

/** Makes the fleet's filter answer at once. The form goes on working by itself where this never runs. */
export function enhanceFilter(form: HTMLFormElement): void {
  const fleet = document.querySelector<HTMLElement>('[data-fleet]');
  const count = document.querySelector<HTMLElement>('[data-filter-count]');
  const none = document.querySelector<HTMLElement>('[data-filter-none]');
  if (!fleet || !count || !none || form.dataset.live === '') return;
  form.dataset.live = '';

  const entries = [...fleet.querySelectorAll<HTMLElement>('[data-boat]')].map(readEntry);
  const fuse = new Fuse(entries, {
    keys: ['words'],
    threshold: 0.25,
    ignoreLocation: true,
    minMatchCharLength: 2,
  });

  const update = (): void => {
    const asked = new FormData(form);
    const kind = text(asked.get('kind'));
    const people = Number(text(asked.get('people'))) || 1;
    const words = text(asked.get('q')).trim();
    const found = words.length < 2 ? entries : fuse.search(words).map(({ item }) => item);
    const shown = new Set(found.filter((one) => (kind === '' || one.kind === kind) && one.seats >= people));
    for (const entry of entries) entry.element.hidden = !shown.has(entry);
    count.textContent = `${shown.size} of ${entries.length} boats`;
    none.hidden = shown.size > 0;
    history.replaceState(
      null,
      '',
      address(form, { kind, people: people > 1 ? String(people) : '', q: words }),
    );
  };

  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    update();
  });
  // Whatever was chosen while this file was on its way.
  update();
}

function readEntry(element: HTMLElement): Entry {
  const { kind = '', seats = '', words = '' } = element.dataset;
  return { element, kind, seats: Number(seats), words };
}

function text(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

// Only what was asked for, so that the address stays fit to send to a friend.
function address(form: HTMLFormElement, asked: Record<string, string>): string {
  const url = new URL(form.action);
  for (const [name, value] of Object.entries(asked)) if (value !== '') url.searchParams.set(name, value);
  return url.pathname + url.search;
}
