import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What is looked for, and where. Default: everything, on the whole page. */
export interface Looked {
  /** The ids of rules. */
  readonly rules?: readonly string[];
  /** A selector of elements that are looked at elsewhere. */
  readonly except?: string;
}

/** What axe finds wrong on a page as it is shown now: the id of each rule, and the elements that break it. */
export async function faultsOf(page: Page, { rules, except }: Looked = {}): Promise<readonly string[]> {
  const isAlone = page.frames().length === 1 || except === 'iframe';
  // It is long. Where it is from the last time it is not sent again; what is in frames has to be there anew.
  const isThere = isAlone && (await page.evaluate(() => 'axe' in window));
  const axe = new AxeBuilder({ page, ...(isThere ? { axeSource: ';' } : {}) })
    // Details of what is right take longer to put together than it takes to find out.
    .options({
      resultTypes: ['violations'],
      iframes: !isAlone,
      ...(rules === undefined ? {} : { runOnly: { type: 'rule', values: [...rules] } }),
    })
    // Another page is opened to add up what is found in frames. Where there are none, there is nothing to add up.
    .setLegacyMode(isAlone);
  const { violations } = await (except === undefined ? axe : axe.exclude(except)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
