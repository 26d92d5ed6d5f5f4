/**
 * Brings the focus back into a region when what had it there is gone, such as a button that is needed no more: else it would be at the
 * beginning of the page. What is put in the place of it may take the focus first.
 *
 * @param heading takes the focus
 * @returns ends it
 */
export function keepFocus(region: HTMLElement, heading: HTMLElement): () => void {
  let last: Element | undefined;
  const isLost = () => last?.isConnected === false && document.activeElement === document.body;
  const bringBack = () => {
    if (!isLost()) return;
    last = undefined;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const note = ({ target }: FocusEvent) => {
    last = target instanceof Element ? target : undefined;
  };
  const observer = new MutationObserver(() => {
    // Two frames later all that follows from the change is done.
    if (isLost()) requestAnimationFrame(() => requestAnimationFrame(bringBack));
  });
  region.addEventListener('focusin', note);
  observer.observe(region, { childList: true, subtree: true });
  return () => {
    region.removeEventListener('focusin', note);
    observer.disconnect();
  };
}
