import type { Page } from 'playwright-core';
import { z } from 'zod';
import { askProbe } from './ask-probe.ts';
import type { EditorEffort } from './effort.ts';
import {
  type ActTimes,
  measureDrag,
  measureForm,
  measureKeys,
  measureMove,
  measurePlainKeys,
  measurePreview,
  measureTyped,
  type PageOf,
} from './measure-acts.ts';
import type { EditorPlace } from './place.ts';
import { processorOf } from './processor.ts';

/** What was measured on one page. Times are in milliseconds, one for each time that something was done. */
export interface PageFigures extends ActTimes {
  /** From the navigation to rows in the outline. */
  readonly rows: readonly number[];
  /** From the navigation to the form of a row that was clicked as soon as there was one. */
  readonly usable: readonly number[];
  /** The same where the scripts are in the browser's cache. */
  readonly usableAgain: readonly number[];
  /** Milliseconds of the processor in the page until it was usable, without what is in the cache. */
  readonly processorToUsable: readonly number[];
  /** Bytes of scripts that were loaded when the preview was shown, as they were sent. */
  readonly scripts: number;
  /** Bytes of the page itself, as it was sent. */
  readonly html: number;
  /** Bytes of JavaScript objects that are in use at the end, after a collection of garbage. */
  readonly heap: number;
}

/** Does everything that is measured on the page with so many widgets. */
export async function measurePage(
  place: EditorPlace,
  size: number,
  effort: EditorEffort,
): Promise<PageFigures> {
  const url = place.editorOf(size).href;
  const opened: { rows: number; form: number; again: number; processor: number }[] = [];
  for (let round = 0; round < effort.opens; round += 1) {
    await using context = await place.newContext();
    const page = await context.newPage();
    const processor = await processorOf(page);
    const first = await open(page, url);
    const used = await processor();
    // The server would still be rendering it for this one when it is asked for the next one.
    await previewOf(page);
    opened.push({ ...first, again: (await open(page, url)).form, processor: used });
  }
  await using context = await place.newContext();
  const plainKeys = await measurePlainKeys(await context.newPage(), effort);
  const page = await context.newPage();
  await open(page, url);
  await previewOf(page);
  const loaded = await askProbe(page, Loaded, 'loaded()');
  const of: PageOf = { page, size, effort };
  return {
    rows: opened.map(({ rows }) => rows),
    usable: opened.map(({ form }) => form),
    usableAgain: opened.map(({ again }) => again),
    processorToUsable: opened.map(({ processor }) => processor),
    ...loaded,
    plainKeys,
    ...(await measureKeys(of)),
    typed: await measureTyped(of),
    form: await measureForm(of),
    ...(await measurePreview(of)),
    move: await measureMove(of),
    ...(await measureDrag(of)),
    heap: await heapOf(page),
  };
}

const Usable = z.object({ rows: z.number(), form: z.number() });
const Loaded = z.object({ scripts: z.number(), html: z.number() });

async function open(page: Page, url: string): Promise<z.infer<typeof Usable>> {
  await page.goto(url);
  return await askProbe(page, Usable, 'usable');
}

/** Waits until the preview shows the page. */
async function previewOf(page: Page): Promise<void> {
  await page.frameLocator('.preview-frame').locator('.note').first().waitFor();
}

async function heapOf(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize;
}
