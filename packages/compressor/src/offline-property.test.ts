import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Config } from './config/config.ts';
import { ENGINES, type EngineName } from './engines/contract.ts';
import { printSite } from './engines/print-templates-fixture.ts';
import { type Site, site, variables } from './engines/random-templates-fixture.ts';
import { compressFiles, manifestOf } from './testing/offline-site.ts';
import { startSite } from './testing/site.ts';

/** The templates of a random site, with whatever is in a block made the text of a style sheet of its own. */
function templatesOf(random: Site, engine: EngineName): Record<string, string> {
  return Object.fromEntries(
    Object.entries(printSite(random, engine)).map(([name, text]) => [
      `templates/${name}`,
      text
        .replaceAll(/{%-? compress [^%]*%}/g, '{% compress css %}<style>a { --x: "')
        .replaceAll('{% endcompress %}', '" }</style>{% endcompress %}'),
    ]),
  );
}

describe('every block that a page shows under a listed context is in the manifest', () => {
  for (const engine of ENGINES) {
    it(engine, async () => {
      let recipes = 0;
      await fc.assert(
        fc.asyncProperty(
          site,
          fc.array(variables, { minLength: 1, maxLength: 3 }),
          async (random, contexts) => {
            const config: Config = {
              templates: { engine, extensions: ['.html'] },
              build: { minify: false },
              cache: false,
              offline: {
                context: contexts,
                onMiss: 'error',
                // Random templates read what is not there, and hold what nothing shows.
                allow: [
                  'variable-missing',
                  'variable-varies',
                  'block-undecided',
                  'block-unreached',
                  'template-missing',
                ],
              },
            };
            const {
              folder: made,
              findings,
              result,
            } = await compressFiles(templatesOf(random, engine), config);
            await using folder = made;
            assert.ok(result.isDone, findings.join('\n'));
            recipes += Object.keys((await manifestOf(folder)).recipes).length;
            await using server = await startSite(folder, { ...config, mode: 'offline' });
            for (const context of contexts) {
              const html = await server.compressor.render('home.html', context);
              assert.doesNotMatch(html, /--x/);
            }
          },
        ),
        { seed: 20_261_122, numRuns: RUNS },
      );
      assert.ok(recipes > RUNS, `only ${recipes} recipes`);
    });
  }
});

const RUNS = 25;
