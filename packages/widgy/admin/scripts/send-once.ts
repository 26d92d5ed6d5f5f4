/** For so long a form that was sent is not sent again, in milliseconds: as long as somebody may press twice by mistake. */
const PAUSE_MS = 2_000;

const sentAt = new WeakMap<HTMLFormElement, number>();

/** Pressing a button twice sends a form once. */
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post' || event.defaultPrevented) return;
  const before = sentAt.get(form);
  if (before !== undefined && event.timeStamp - before < PAUSE_MS) event.preventDefault();
  else sentAt.set(form, event.timeStamp);
});

export {};
