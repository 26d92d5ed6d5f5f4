import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { helpText } from '../src/cli/options.ts';
import { advice } from '../src/errors.ts';
import { createProject, root, stepsOf } from './manual-project.ts';

const pages = ['README.md', 'CHANGELOG.md', 'packages/compressor/README.md'].concat(
  (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
);

/** The anchor of a heading, as GitHub makes it. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replace(/ /g, '-');
}

const FENCED = /^```[\s\S]*?^```$/gm;

function withoutCode(text: string): string {
  return text.replace(FENCED, '').replace(/`[^`]*`/g, '');
}

async function headingsOf(page: string): Promise<string[]> {
  const text = await readFile(join(root, page), 'utf8');
  return [...text.replace(FENCED, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
}

describe('the manual', () => {
  it('has one entry for each error code, and none for others', async () => {
    const entries = (await headingsOf('docs/errors.md')).filter((heading) =>
      /^[a-z]+(-[a-z]+)*$/.test(heading),
    );
    assert.deepEqual(entries.toSorted(), Object.keys(advice).toSorted());
  });

  for (const page of pages) {
    it(`has no dead link in ${page}`, async () => {
      const text = withoutCode(await readFile(join(root, page), 'utf8'));
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [path = '', fragment] = target.split('#');
        const file = path === '' ? page : join(dirname(page), path);
        assert.ok(existsSync(join(root, file)), target);
        if (fragment === undefined || !file.endsWith('.md')) continue;
        const anchors = (await headingsOf(file)).map(anchor);
        assert.ok(anchors.includes(fragment), target);
      }
    });
  }
});

/** Without what differs from one run or one version of a tool to the next. */
function shape(output: string, folder: string): string {
  return output
    .replaceAll(folder, '/srv/site')
    .replace(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, '0 ms')
    .replace(/"durationMs":\d+/g, '"durationMs":0')
    .replace(/^slowest: .*$/gm, 'slowest:')
    .replace(/ integrity="sha384-[^"]*"/g, ' integrity="sha384-…"')
    .replace(/\b[0-9a-f]{16}\b/g, '0123456789abcdef')
    .trim();
}

describe('the examples of errors', () => {
  const codes = Object.keys(advice).filter((code) =>
    /^(template|variable|block|include|no-blocks|context|budget)/.test(code),
  );
  /** Those whose example is no template or configuration. */
  const others = ['template-encoding', 'block-missing', 'transformer-missing'];
  for (const code of codes.filter((name) => !others.includes(name))) {
    it(`give ${code}`, async () => {
      const page = await readFile(join(root, 'docs/errors.md'), 'utf8');
      const [, entry = ''] = new RegExp(`^## ${code}\n(.*?)^## `, 'ms').exec(page) ?? [];
      await using project = await createProject();
      await project.write({
        'static/css/site.css': 'a { color: red }',
        'templates/base.liquid': '{% block content %}{% endblock %}',
        'templates/mail/order.liquid': '{{ total }}',
        'templates/help.liquid': '{% compress css %}<style>a { top: 0 }</style>{% endcompress %}',
        'templates/home.liquid':
          exampleIn(entry, 'liquid') ??
          '{% compress css %}<style>a { color: {{ settings.color }} }</style>{% endcompress %}',
        'compressor.config.ts': `import { defineConfig } from '@widgy/compressor';\nimport { Liquid } from 'liquidjs';\n${
          exampleIn(entry, 'ts') ?? 'export default {};'
        }`,
      });
      const said = JSON.parse(project.run('npx compressor compress --json --dry-run 2>/dev/null'));
      const found = said.diagnostics.map((diagnostic: { code: string }) => diagnostic.code);
      assert.deepEqual(new Set(found), new Set([code]), JSON.stringify(said.diagnostics));
    });
  }
});

function exampleIn(entry: string, language: string): string | undefined {
  return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(entry)?.[1];
}

describe('the examples of the manual', () => {
  const examples = [
    'offline',
    'contexts',
    'templates',
    'extending',
    'report',
    'content-security',
    'preloading',
    'widgy-offline',
  ];
  for (const page of examples.map((name) => `docs/${name}.md`)) {
    it(`print what ${page} says`, async () => {
      const steps = stepsOf(await readFile(join(root, page), 'utf8'));
      assert.ok(steps.some((step) => 'command' in step));
      await using project = await createProject();
      for (const step of steps) {
        if ('file' in step) await project.write({ [step.file]: step.text });
        else {
          const output = project.run(step.command);
          assert.equal(shape(output, project.folder), shape(step.output, project.folder), step.command);
        }
      }
    });
  }

  it('leave out no option of the command', async () => {
    const page = await readFile(join(root, 'docs/offline.md'), 'utf8');
    for (const [option] of helpText().matchAll(/--[a-z-]+/g)) assert.ok(page.includes(`\`${option}`), option);
  });
});
