import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatPlace } from '../errors.ts';
import { LazyValues } from '../offline/lazy-values.ts';
import { OfflineContext } from '../offline/offline-context.ts';
import type { TemplateBlock } from '../render/block-renderer.ts';
import { ENGINES, engineWith } from './contract.ts';
import { fake } from './fake-handlers.ts';
import { printSite } from './print-templates-fixture.ts';
import { site, variables } from './random-templates-fixture.ts';

const identity = ({ place, markup }: TemplateBlock): string => `${formatPlace(place)} ${markup}`;

/** Some values as functions, as an offline context may have them. */
function lazy(values: Readonly<Record<string, unknown>>, ways: readonly number[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value], index) => {
      const way = ways[index % ways.length];
      return [name, way === 0 ? value : way === 1 ? () => value : async () => value];
    }),
  );
}

describe('exploring finds every block that a rendering with the same variables shows', () => {
  for (const engine of ENGINES) {
    it(engine, async () => {
      let shown = 0;
      const ways = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 10 });
      await fc.assert(
        fc.asyncProperty(site, variables, ways, async (random, values, how) => {
          const given = fake();
          const ours = await engineWith(engine, printSite(random, engine), given);
          await ours.render('home.html', values);
          const found = new Set<string>();
          const taken: (() => Promise<void>)[] = [];
          const context = new OfflineContext('', lazy(values, how), new LazyValues(1000));
          await ours.explore('home.html', context, {
            declared: () => {},
            reached: ({ block, isTaken }) =>
              taken.push(async () => {
                if (await isTaken()) found.add(identity(block));
              }),
            failed: ({ error }) => assert.fail(error),
            undecided: () => {},
            uses: () => {},
          });
          for (const add of taken) await add();
          const lost = new Set(given.blocks.map(identity)).difference(found);
          assert.deepEqual([...lost], []);
          shown += given.blocks.length;
        }),
        { seed: 20_261_122, numRuns: RUNS },
      );
      assert.ok(shown > RUNS, `only ${shown} blocks were shown`);
    });
  }
});

const RUNS = 40;
