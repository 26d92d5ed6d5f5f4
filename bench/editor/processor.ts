import type { Page } from 'playwright-core';

/**
 * Begins to count what the main thread of a page uses of the processor. Ask for it before the page is left.
 *
 * @returns tells the milliseconds since then
 */
export async function processorOf(page: Page): Promise<() => Promise<number>> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
  const before = await read();
  return async () => (await read()) - before;
}
