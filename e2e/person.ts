import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** Somebody who uses pages, with whatever they have hands for. */
export interface BrowserPerson {
  /** Goes where a link leads, presses a button, ticks a box. */
  readonly use: (what: Locator) => Promise<void>;
  /** Writes into a field, in the place of what is in it. */
  readonly write: (field: Locator, text: string) => Promise<void>;
}

/** Somebody with a mouse. */
export function withMouse(): BrowserPerson {
  return {
    use: (what) => what.click(),
    async write(field, text) {
      await field.click();
      await field.fill(text);
    },
  };
}

/** So many presses of Tab reach everything on a page. */
const MOST_STOPS = 150;

/** Somebody with a keyboard alone. */
export interface KeyboardPerson extends BrowserPerson {
  /** Goes to something, and does nothing with it. */
  readonly reach: (what: Locator) => Promise<void>;
}

/** Somebody with a keyboard alone: whatever they use is reached with Tab, and shows that it has the focus. */
export function withKeyboard(page: Page): KeyboardPerson {
  const reach = async (what: Locator) => {
    const wanted = await what.elementHandle();
    assert.ok(wanted);
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) {
        // The button of a card shows it around the whole card, a tree at its active row, an editor of code around its box.
        const isShown = await wanted.evaluate((element) => {
          const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
          const box = element.closest('.form-code');
          return [
            getComputedStyle(element),
            getComputedStyle(element, '::after'),
            ...[active, box].flatMap((other) => (other === null ? [] : [getComputedStyle(other)])),
          ].some(({ outlineStyle }) => outlineStyle !== 'none');
        });
        assert.ok(isShown, `${await describe(what)} does not show that it has the focus`);
        return;
      }
      await page.keyboard.press('Tab');
    }
    assert.fail(`${await describe(what)} is not reached with Tab`);
  };
  return {
    reach,
    async use(what) {
      await reach(what);
      const isBox = await what.evaluate((element) => element instanceof HTMLInputElement);
      await page.keyboard.press(isBox ? 'Space' : 'Enter');
    },
    async write(field, text) {
      await reach(field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
  };
}

async function describe(what: Locator): Promise<string> {
  return await what.evaluate((element) => element.outerHTML.slice(0, 120));
}
