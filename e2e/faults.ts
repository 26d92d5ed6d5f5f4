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
  const axe = new AxeBuilder({ page })
    // Details of what is right take longer to put together than it takes to find out.
    .options({
      resultTypes: ['violations'],
      ...(rules === undefined ? {} : { runOnly: { type: 'rule', values: [...rules] } }),
    })
    // Another page is opened to add up what is found in frames. Where there are none, there is nothing to add up.
    .setLegacyMode(page.frames().length === 1);
  const { violations } = await (except === undefined ? axe : axe.exclude(except)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
