import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advice } from '../errors.ts';
import { compressFiles } from '../testing/offline-site.ts';

const ifMissing = 'Ask Ann for it.';
const context = {
  settings: Object.assign(async () => ({ site: { ink: 'navy' } }), { ifMissing }),
  nested: { theme: Object.assign(() => ({}), { ifMissing }) },
  plain: {},
};

describe('what is to be done about what is missing', () => {
  const cases: readonly [name: string, help: string][] = [
    ['settings.site.colour', ifMissing],
    ['settings.sight.colour', ifMissing],
    // A name that looks like something of one request, too: whoever supplies it knows better.
    ['settings.user', ifMissing],
    ['nested.theme.colour', ifMissing],
    ['plain.colour', advice['variable-missing']],
    ['brand', advice['variable-missing']],
  ];
  for (const engine of ['liquid', 'nunjucks'] as const)
    for (const [name, help] of cases)
      it(`is said by the function that lacks it, for ${name} with ${engine}`, async () => {
        const { folder, result } = await compressFiles(
          {
            'templates/home.html': `{% compress css %}<style>a { color: {{ ${name} }} }</style>{% endcompress %}`,
          },
          { templates: { engine, extensions: ['.html'] }, offline: { context } },
        );
        await using _ = folder;
        assert.deepEqual(
          result.diagnostics.map((one) => [one.code, one.help]),
          [['variable-missing', help]],
        );
      });
});
