import type { Locator, Page } from 'playwright-core';
import type { JsonObject } from 'widgy/tree';
import type { WrittenWidget } from './editor-fixture.ts';
import type { EditorSuite } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { until } from './until.ts';

/** The form of the only widget of its type on a page. */
export interface OpenForm extends EditorTab {
  readonly document: string;
  /** The fields of the widget, as the draft has them. */
  readonly fields: () => Promise<JsonObject>;
  /** Waits until the draft has a value in a field. */
  readonly becomes: (name: string, value: unknown) => Promise<void>;
}

/** Makes a page with one widget on it, and opens its form for Ann. */
export async function openForm(editor: EditorSuite, widget: WrittenWidget): Promise<OpenForm> {
  const { document, tab } = await editor.open('Form', [widget]);
  const fields = async () => (await editor.draft(document)).root.children[0]?.fields ?? {};
  await select(tab);
  return {
    ...tab,
    ...{ document, fields },
    async becomes(name, value) {
      const wanted = JSON.stringify(value);
      await until(
        async () => JSON.stringify((await fields())[name]),
        (text) => text === wanted,
      );
    },
  };
}

/** Selects the only widget of a page, and waits until all of its form is there. */
export async function select({ page, outline, form }: EditorTab): Promise<void> {
  await outline.locator('[role="treeitem"][aria-level="3"]').first().click();
  await form.locator('form').waitFor();
  await isLoaded(page);
}

/** Waits until all that the form needs is loaded. */
export async function isLoaded(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('.editor-form')?.textContent.includes('being loaded') === false,
  );
}

/** What has the focus, as it is told. */
export interface Focused {
  readonly id: string;
  /** After those of the groups that it is in. */
  readonly name: string;
  /** The text of all that `aria-describedby` leads to; what leads to nothing is an error. */
  readonly description: string;
  readonly isInvalid: boolean;
}

/** What has the focus, as somebody hears it who does not see it: with the descriptions of the groups that it is in. */
export async function focused(page: Page): Promise<Focused> {
  return await page.evaluate(() => {
    const active = document.activeElement;
    if (active === null) throw new Error('Nothing has the focus.');
    const textsOf = (element: Element, attribute: string) =>
      (element.getAttribute(attribute)?.split(' ') ?? []).map((id) => {
        const found = document.getElementById(id);
        if (found === null) throw new Error(`${attribute} of #${element.id} leads to no #${id}`);
        return found.textContent;
      });
    const names = [
      ...textsOf(active, 'aria-labelledby'),
      active.getAttribute('aria-label') ?? '',
      ...(active instanceof HTMLInputElement ||
      active instanceof HTMLSelectElement ||
      active instanceof HTMLTextAreaElement
        ? [...(active.labels ?? [])].map(({ textContent }) => textContent)
        : []),
    ];
    const descriptions: string[] = [];
    const groups: string[] = [];
    for (let at: Element | null = active; at !== null; at = at.parentElement?.closest('fieldset') ?? null) {
      descriptions.push(...textsOf(at, 'aria-describedby'));
      if (at instanceof HTMLFieldSetElement) groups.push(at.querySelector('legend')?.textContent ?? '');
    }
    return {
      id: active.id,
      name: [...groups.toReversed(), names.find((name) => name !== '') ?? ''].join(', '),
      description: descriptions.join(' '),
      isInvalid: active.getAttribute('aria-invalid') === 'true',
    };
  });
}

/** What a control shows: its text, or whether it is ticked. */
export async function shownIn(control: Locator): Promise<string | boolean> {
  return await control.evaluate((element) => {
    if (element instanceof HTMLInputElement)
      return element.type === 'checkbox' ? element.checked : element.value;
    if (element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement) return element.value;
    const lines = [...element.querySelectorAll('.cm-line')];
    return lines.length > 0
      ? lines.map(({ textContent }) => textContent).join('\n')
      : (element.textContent ?? '');
  });
}

/** Presses keys one after the other: what stands in angle brackets is pressed, what does not is typed. */
export async function press({ keyboard }: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const named = /^<((?:\w+\+)*[A-Z]\w+|Control\+\w)>$/.exec(key)?.[1];
    await (named === undefined ? keyboard.type(key) : keyboard.press(named));
  }
}
