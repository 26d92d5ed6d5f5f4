/**
 * Whether this browser tells a window what happens in a frame whose sandbox lets nothing run. WebKit does not:
 * https://bugs.webkit.org/show_bug.cgi?id=218086.
 */
export function hearsFrames(document: Document): boolean {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-same-origin');
  frame.hidden = true;
  document.body.append(frame);
  let isHeard = false;
  frame.contentDocument?.addEventListener('click', () => {
    isHeard = true;
  });
  frame.contentDocument?.dispatchEvent(new Event('click'));
  frame.remove();
  return isHeard;
}
