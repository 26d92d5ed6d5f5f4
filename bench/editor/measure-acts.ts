import type { Page } from 'playwright-core';
import { z } from 'zod';
import { askProbe, whenSeen } from './ask-probe.ts';
import type { EditorEffort } from './effort.ts';
import { processorOf } from './processor.ts';
import { deepNote, deepRow, middleBranch, noteText } from './tree.ts';

/** What people do on a page, in milliseconds, one for each time that it was done. */
export interface ActTimes {
  /** From a key in the form to the next paint, */
  readonly keys: readonly number[];
  /** and the same in a text field that stands alone on an empty page, which no editor can be faster than. */
  readonly plainKeys: readonly number[];
  /** Milliseconds of the processor in the page for one key, with all that comes of it. */
  readonly processorPerKey: number;
  /** From a key in the form to the paint of the text in the preview, where a template says which element shows it as it is. */
  readonly typed: readonly number[];
  /** From a click in the outline to the form. */
  readonly form: readonly number[];
  /** From a choice in the form to the preview of it, which the server renders. */
  readonly preview: readonly number[];
  /** The same from the answer to the change. */
  readonly previewAnswered: readonly number[];
  /** From Alt and an arrow in the outline to the row in its new place. */
  readonly move: readonly number[];
  /** Between frames while a row is dragged: of each time the longest, */
  readonly dragLongest: readonly number[];
  /** and all of them. */
  readonly drag: readonly number[];
}

/** A page in the editor, with so many widgets. */
export interface PageOf {
  readonly page: Page;
  readonly size: number;
  readonly effort: EditorEffort;
}

/** The notes of one box, in the middle of the page: each is used for one thing. */
const NOTE = { keys: 0, typed: 1, preview: 2, move: 3, drag: 5 } as const;

/** Notes whose form is opened in turn. */
const FORMS = [4, 5, 6, 7] as const;

/** Milliseconds between two keys: of somebody who types fast. Meanwhile changes are sent, and come back. */
const TYPING_MS = 80;

/** Keys typed into a text one after the other. */
export async function measureKeys(of: PageOf): Promise<Pick<ActTimes, 'keys' | 'processorPerKey'>> {
  const { page, effort } = of;
  await select(of, NOTE.keys);
  await page.getByLabel('Text').focus();
  await page.keyboard.press('End');
  const processor = await processorOf(page);
  const keys = await typeKeys(page, effort);
  return { keys, processorPerKey: (await processor()) / effort.keys };
}

/** The same where there is nothing but a text field. */
export async function measurePlainKeys(page: Page, effort: EditorEffort): Promise<readonly number[]> {
  await page.setContent('<textarea></textarea>');
  await page.locator('textarea').focus();
  return await typeKeys(page, effort);
}

async function typeKeys(page: Page, { keys }: EditorEffort): Promise<readonly number[]> {
  await page.evaluate('probe.keysBegin()');
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press('abcdefghij'[key % 10] ?? 'a');
    await page.waitForTimeout(TYPING_MS);
  }
  return await askProbe(page, z.array(z.number()), 'keysEnd()');
}

/** Keys whose text is seen in the preview. */
export async function measureTyped(of: PageOf): Promise<readonly number[]> {
  const { page } = of;
  const id = await select(of, NOTE.typed);
  const input = page.getByLabel('Text');
  const before = await input.inputValue();
  await input.press('End');
  return await times(of, async (at) => {
    const text = `${before}${'x'.repeat(at + 1)}`;
    const sight = { kind: 'preview-text', id, text };
    const { from, until } = await whenSeen(page, 'keydown', sight, () => page.keyboard.press('x'));
    return until - from;
  });
}

/** Clicks in the outline. */
export async function measureForm(of: PageOf): Promise<readonly number[]> {
  const { page, size } = of;
  const branch = middleBranch(size);
  await page.evaluate(`probe.reveal(${deepRow(branch, 0)})`);
  return await times(of, async (at) => {
    const id = deepNote(branch, FORMS[at % FORMS.length] ?? 0);
    const sight = { kind: 'form', text: noteText(id) };
    const { from, until } = await whenSeen(page, 'click', sight, () => rowOf(page, id).click());
    return until - from;
  });
}

/** Choices that change what the server renders. */
export async function measurePreview(of: PageOf): Promise<Pick<ActTimes, 'preview' | 'previewAnswered'>> {
  const { page } = of;
  const id = await select(of, NOTE.preview);
  const previewAnswered: number[] = [];
  const preview = await times(of, async (at) => {
    await page.locator('.saving[data-state="saved"]').waitFor();
    const value = at % 2 === 0 ? 'loud' : 'calm';
    const sight = { kind: 'preview', id, attribute: 'data-tone', value };
    const choose = () => page.getByLabel('Tone').selectOption(value);
    const { from, until } = await whenSeen(page, 'change', sight, choose);
    previewAnswered.push(until - (await askProbe(page, z.number(), 'answered()')));
    return until - from;
  });
  return { preview, previewAnswered };
}

/** Moves by keyboard, down and up again. */
export async function measureMove(of: PageOf): Promise<readonly number[]> {
  const { page } = of;
  const id = await select(of, NOTE.move);
  await page.locator('.outline-tree').focus();
  await page.keyboard.down('Alt');
  const moves = await times(of, async (at) => {
    const key = at % 2 === 0 ? 'ArrowDown' : 'ArrowUp';
    const sight = { kind: 'row-elsewhere', id };
    const { from, until } = await whenSeen(page, 'keydown', sight, () => page.keyboard.press(key));
    return until - from;
  });
  await page.keyboard.up('Alt');
  return moves;
}

/** Drags a row through the outline, and to its lower edge, where it scrolls; it is called off at the end. */
export async function measureDrag(of: PageOf): Promise<Pick<ActTimes, 'drag' | 'dragLongest'>> {
  const { page, effort } = of;
  const id = await select(of, NOTE.drag);
  const drag: number[] = [];
  const dragLongest: number[] = [];
  for (let round = 0; round < effort.drags; round += 1) {
    await page.evaluate(`probe.reveal(${deepRow(middleBranch(of.size), NOTE.drag)})`);
    const box = await rowOf(page, id).boundingBox();
    const list = await page.locator('.outline-scroll').boundingBox();
    if (box === null || list === null) throw new Error('There is no row to be dragged.');
    const x = box.x + box.width / 2;
    const from = box.y + box.height / 2;
    const to = list.y + list.height - EDGE;
    await page.mouse.move(x, from);
    await page.mouse.down();
    await page.evaluate('probe.framesBegin()');
    for (let step = 1; step <= DRAG_STEPS; step += 1)
      await page.mouse.move(x, from + ((to - from) * step) / DRAG_STEPS);
    const isDragging = await page.locator('.outline-view[data-dragging="true"]').count();
    if (isDragging !== 1) throw new Error('Nothing was dragged.');
    const frames = await askProbe(page, z.array(z.number()), 'framesEnd()');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    drag.push(...frames);
    dragLongest.push(Math.max(...frames));
  }
  return { drag, dragLongest };
}

/** Movements of the pointer from the row to the edge. */
const DRAG_STEPS = 60;

/** Pixels above the lower edge of the list, where it scrolls. */
const EDGE = 12;

/** Selects a note of the box in the middle of the page. Gives its id. */
async function select({ page, size }: PageOf, note: number): Promise<string> {
  const branch = middleBranch(size);
  const id = deepNote(branch, note);
  await page.evaluate(`probe.reveal(${deepRow(branch, note)})`);
  await rowOf(page, id).click();
  await page.locator(`.outline-row[data-key="${id}"][aria-selected="true"]`).waitFor();
  await page.getByLabel('Tone').waitFor();
  return id;
}

function rowOf(page: Page, id: string) {
  return page.locator(`.outline-row[data-key="${id}"]`);
}

/** One after the other. */
async function times({ effort }: PageOf, act: (at: number) => Promise<number>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let at = 0; at < effort.acts; at += 1) taken.push(await act(at));
  return taken;
}
