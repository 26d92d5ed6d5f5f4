import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { helpText } from '../src/cli/options.ts';
import { advice } from '../src/errors.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
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

/** A step of an example: a file to write, or a command with what it prints. */
type Step =
  | { readonly file: string; readonly text: string }
  | { readonly command: string; readonly output: string };

/** The example that goes through a page: files, each after a line with nothing but its name, and commands with their output. */
function stepsOf(page: string): Step[] {
  const found = page.matchAll(/^`([^`\n]+)`:\n\n```\w*\n([\s\S]*?\n)```$|^```console\n([\s\S]*?\n)```$/gm);
  return [...found].flatMap(([, file, text = '', session = '']): Step[] => {
    if (file !== undefined) return [{ file, text }];
    const commands = session.split(/^\$ /m).slice(1);
    return commands.map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n') };
    });
  });
}

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

/** A folder like that of a site, in which `npx compressor` runs the source. */
async function createProject(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-manual-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await mkdir(join(folder, 'node_modules'));
  for (const name of ['@widgy', 'liquidjs', 'eta', 'lodash']) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  const programs = join(folder, '.programs');
  await mkdir(programs);
  const node = `exec "${process.execPath}" --conditions=widgy-source`;
  const bin = join(root, 'packages/compressor/src/cli/bin.ts');
  const npx = `#!/bin/sh\nshift\n${node} "${bin}" "$@"\n`;
  await writeFile(join(programs, 'npx'), npx, { mode: 0o755 });
  await writeFile(join(programs, 'node'), `#!/bin/sh\n${node} "$@"\n`, { mode: 0o755 });
  return { folder, path: `${programs}${delimiter}${process.env.PATH}` };
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
      const { folder, path } = await createProject();
      try {
        await writeFiles(folder, {
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
        const said = JSON.parse(
          runShell('npx compressor compress --json --dry-run 2>/dev/null', folder, path),
        );
        const found = said.diagnostics.map((diagnostic: { code: string }) => diagnostic.code);
        assert.deepEqual(new Set(found), new Set([code]), JSON.stringify(said.diagnostics));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
});

function exampleIn(entry: string, language: string): string | undefined {
  return new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(entry)?.[1];
}

describe('the examples of the manual', () => {
  const examples = ['offline', 'contexts', 'templates', 'extending', 'report', 'content-security'];
  for (const page of examples.map((name) => `docs/${name}.md`)) {
    it(`print what ${page} says`, async () => {
      const steps = stepsOf(await readFile(join(root, page), 'utf8'));
      assert.ok(steps.some((step) => 'command' in step));
      const { folder, path } = await createProject();
      try {
        for (const step of steps) {
          if ('file' in step) await writeFiles(folder, { [step.file]: step.text });
          else {
            const output = runShell(step.command, folder, path);
            assert.equal(shape(output, folder), shape(step.output, folder), step.command);
          }
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  }

  it('leave out no option of the command', async () => {
    const page = await readFile(join(root, 'docs/offline.md'), 'utf8');
    for (const [option] of helpText().matchAll(/--[a-z-]+/g)) assert.ok(page.includes(`\`${option}`), option);
  });
});

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** What a command prints on both streams, as on a terminal. */
function runShell(command: string, folder: string, path: string): string {
  // A program that is itself a test would report to this one.
  const { NODE_ENV: _environment, NODE_TEST_CONTEXT: _context, ...environment } = process.env;
  const options = { cwd: folder, env: { ...environment, PATH: path }, timeout: 60_000 };
  return spawnSync('sh', ['-c', `exec 2>&1\n${command}`], { ...options, encoding: 'utf8' }).stdout;
}
