import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { transformSync } from 'rolldown/utils';
import { z } from 'zod';

/** Has the probe in every page of a context, before anything else runs there. */
export async function addProbe(context: BrowserContext): Promise<void> {
  const path = join(import.meta.dirname, 'probe/probe.ts');
  const { code } = transformSync(path, readFileSync(path, 'utf8'), { tsconfig: false });
  await context.addInitScript({ content: `{${code}}` });
}

/** Asks the probe of a page. What it says is of another process: so it is checked. */
export async function askProbe<T>(page: Page, wanted: z.ZodType<T>, question: string): Promise<T> {
  return wanted.parse(await page.evaluate(`probe.${question}`));
}

/** What is to be seen; see `Sight` in the probe. */
export type Expected = Readonly<Record<string, string>>;

const Seen = z.object({ from: z.number(), until: z.number() });

/** Does something, and tells from when the browser had the event until what it caused was painted. */
export async function whenSeen(
  page: Page,
  event: string,
  expected: Expected,
  act: () => Promise<unknown>,
): Promise<z.infer<typeof Seen>> {
  await page.evaluate(`probe.expect(${JSON.stringify(event)}, ${JSON.stringify(expected)})`);
  await act();
  return await askProbe(page, Seen, 'seen()');
}
