import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Config, compressSite, resolveConfig, silentLogger } from '@widgy/compressor';
import { checkTypes, packedProject } from '../../../scripts/packed-project.ts';
import { linkPackage } from '../src/widgets/site-fixture.ts';

describe('the packed package in an empty project', () => {
  let project = '';
  const examples = [
    'packages/widgy/README.md',
    ...['rules', 'widgets', 'database', 'links', 'documents'].map((name) => `docs/widgy-${name}.md`),
  ];

  before(async () => {
    const packed = await packedProject(join(import.meta.dirname, '..'));
    project = packed.folder;
    // The scripts of the administration and of the editor are compiled with the rest of a page, by the compressor.
    const isCompiledLater = (path: string) => /^(?:admin\/scripts|src)\//.test(path);
    const unwanted = packed.files.filter(
      (path) =>
        /\.test\.|testing|fixture|contract|tsconfig/.test(path) ||
        (/(?<!\.d)\.tsx?$/.test(path) && !isCompiledLater(path)),
    );
    assert.deepEqual(unwanted, [], 'only what users need is packed');
  });
  after(() => rm(project, { recursive: true, force: true }));

  for (const page of examples) {
    it(`runs the example of ${page}, which has its types`, async () => {
      const text = await readFile(join(import.meta.dirname, '../../..', page), 'utf8');
      const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
      await writeFile(join(project, 'example.ts'), code);
      checkTypes(project, 'example.ts');
      const printed = execFileSync(process.execPath, ['example.ts'], { cwd: project, encoding: 'utf8' });
      assert.notEqual(printed, '');
    });
  }

  it('tells its errors apart', async () => {
    await writeFile(
      join(project, 'errors.ts'),
      `import { openDatabase } from 'widgy/database';
import { hasCode } from 'widgy/errors';
// @ts-expect-error an unknown code is refused
hasCode(undefined, 'nonsense');
openDatabase('mysql://db').catch((error) => console.log(hasCode(error, 'database-url-invalid')));
`,
    );
    checkTypes(project, 'errors.ts');
    const printed = execFileSync(process.execPath, ['errors.ts'], { cwd: project, encoding: 'utf8' });
    assert.equal(printed, 'true\n');
  });

  it('has the templates, styles and scripts of the library, which the compressor finds', async () => {
    await linkPackage(project, 'liquidjs');
    await writeFile(
      join(project, 'library.ts'),
      `import { library, libraryKinds } from 'widgy/library';
import { createRenderer, renderTree } from 'widgy/rendering';
import { createTree, newWidget } from 'widgy/tree';
import { defineSite } from 'widgy/widgets';
const site = defineSite({ folder: import.meta.dirname, widgets: library, kinds: libraryKinds });
const renderer = createRenderer({ site, onFailure: ({ error }) => { throw error; } });
let count = 0;
for (const { type } of library) {
  const made = newWidget(site.catalogue, type, () => 'w' + ++count);
  if (made) await renderTree(renderer, createTree(made), { purpose: 'preview' });
}
console.log(JSON.stringify({ styles: site.styles, scripts: site.scripts }));
`,
    );
    checkTypes(project, 'library.ts');
    const printed = execFileSync(process.execPath, ['library.ts'], { cwd: project, encoding: 'utf8' });
    const site: { readonly styles: readonly string[]; readonly scripts: readonly string[] } =
      JSON.parse(printed);
    assert.ok(site.styles.includes('npm:widgy/dist/library/accordion/style.css'));
    assert.deepEqual(site.scripts, [
      'npm:widgy/dist/library/tabs/client.js',
      'npm:widgy/dist/library/video/client.js',
    ]);
    await mkdir(join(project, 'templates'));
    await writeFile(
      join(project, 'templates/page.liquid'),
      `{% compress css %}{% for name in site.styles %}<link rel="stylesheet" href="{{ name }}">{% endfor %}{% endcompress %}
{% compress js %}{% for name in site.scripts %}<script type="module" src="{{ name }}"></script>{% endfor %}{% endcompress %}`,
    );
    const config = {
      mode: 'offline',
      logger: silentLogger,
      cache: false,
      offline: { context: { site } },
    } satisfies Config;
    const { diagnostics, analysis } = await compressSite(resolveConfig(config, project), {
      encodings: false,
    });
    assert.deepEqual([diagnostics, analysis.blocks], [[], 2]);
  });

  it('has the editor, which the compressor compiles', async () => {
    await writeFile(
      join(project, 'templates/editor.liquid'),
      `{% compress css %}<link rel="stylesheet" href="npm:widgy/admin/styles/editor.css">{% endcompress %}
{% compress js %}<script type="module" src="npm:widgy/src/editor/main.tsx"></script>{% endcompress %}
{% compress js %}<script type="module" src="npm:widgy/src/editor/check/run-check.ts"></script>{% endcompress %}`,
    );
    const config = {
      mode: 'offline',
      logger: silentLogger,
      cache: false,
      templates: { roots: ['templates'], extensions: ['.liquid'] },
      offline: { context: { site: { styles: [], scripts: [] } } },
    } satisfies Config;
    const { diagnostics, analysis } = await compressSite(resolveConfig(config, project), {
      encodings: false,
    });
    const [failed] = diagnostics;
    assert.equal(failed, undefined);
    assert.ok(analysis.blocks >= 3, `${analysis.blocks}`);
  });

  it('has a core that needs no other package', async () => {
    await rm(join(project, 'node_modules/kysely'), { recursive: true });
    await rm(join(project, 'node_modules/zod'), { recursive: true });
    const script = `import { parseTree } from 'widgy/tree'; console.log(parseTree({ id: 'a', type: 'b' }).ok)`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: project,
      encoding: 'utf8',
    });
    assert.equal(printed, 'true\n');
  });
});
