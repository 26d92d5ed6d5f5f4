import type { Page } from 'playwright-core';
import { faultsOf } from '../faults.ts';

/** What the preview shows are pages of the site, which are looked at by themselves. */
const EXCEPT = 'iframe';

/** What depends on how much room there is. */
const SIZE_RULES = ['color-contrast', 'scrollable-region-focusable', 'target-size'];

/** 1440 pixels as a person sees them, and 1280 by 1024 at 400 %. */
const WIDE = { width: 1440, height: 900 };
const ZOOMED = { width: 320, height: 256 };

/** What is wrong with the editor as it is shown now, for people who use it in other ways than with good eyes and a mouse. */
export async function looksOf(page: Page): Promise<readonly string[]> {
  const wide = await looksNow(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await faultsOf(page, { except: EXCEPT, rules: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(ZOOMED);
  const zoomed = await faultsOf(page, { except: EXCEPT, rules: SIZE_RULES });
  const narrow = await page.evaluate(measure);
  await page.setViewportSize(WIDE);
  return [
    ...wide,
    ...dark.map((fault) => `in the dark, ${fault}`),
    ...[...zoomed, ...narrow].map((fault) => `at 400 %, ${fault}`),
  ];
}

/** The same for the window as large as it is. */
export async function looksNow(page: Page): Promise<readonly string[]> {
  return [...(await faultsOf(page, { except: EXCEPT })), ...(await page.evaluate(measure))];
}

/** Runs in the page: targets that are too small or out of reach, what scrolls sideways, and what moves though nothing should. */
function measure(): readonly string[] {
  const faults: string[] = [];
  const say = (what: string, element: Element) => faults.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`${scrollWidth - innerWidth} pixels too wide`);
  const isShown = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('[inert], .hidden-text') === null;

  const dialog = document.querySelector('dialog[open]');
  const controls =
    'button, a[href], input, select, textarea, summary, [role=option], [role=treeitem], [contenteditable=true]';
  for (const control of (dialog ?? document).querySelectorAll(controls)) {
    // A link in a sentence is as high as the sentence.
    if (!isShown(control) || getComputedStyle(control).display === 'inline') continue;
    const labels = control instanceof HTMLInputElement ? [...(control.labels ?? [])] : [];
    const boxes = [control, ...labels].map((element) => element.getBoundingClientRect());
    const [left, right] = [
      Math.min(...boxes.map((box) => box.left)),
      Math.max(...boxes.map((box) => box.right)),
    ];
    const height = Math.max(...boxes.map((box) => box.height));
    if (right - left < 24 || height < 24) say(`a target of ${right - left} by ${height} pixels`, control);
    // What is drawn over the page goes where the page goes; keys and the outline do the same.
    if (control.closest('.overlay, .preview-path') === null && (left < -1 || right > innerWidth + 1))
      say(`a target from ${left} to ${right} pixels`, control);
  }

  for (const element of document.querySelectorAll('body *')) {
    const { overflowX, transitionDuration } = getComputedStyle(element);
    const isSideways =
      ['auto', 'scroll'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
    // Lines of code, and where the selected widget stands, are one line each.
    if (isSideways && isShown(element) && element.closest('pre, .cm-scroller, .preview-path') === null)
      say(`scrolls ${element.scrollWidth - element.clientWidth} pixels sideways`, element);
    if (transitionDuration.split(',').some((text) => Number.parseFloat(text) > 0.001))
      say(`changes in ${transitionDuration}`, element);
  }
  for (const { effect } of document.getAnimations()) {
    const { activeDuration = 0 } = effect?.getComputedTiming() ?? {};
    if (effect instanceof KeyframeEffect && effect.target !== null && Number(activeDuration) > 1)
      say(`moves for ${activeDuration} ms`, effect.target);
  }
  return faults;
}
