import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../scripts/free-port.ts';
import { checkTypes, packedProject } from '../../../scripts/packed-project.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** The files that a manual page shows: each after a line with nothing but its name as code. */
async function filesIn(page: string): Promise<Map<string, string>> {
  const text = await readFile(page, 'utf8');
  const found = text.matchAll(/^`([^`\n]+)`:\n\n```\w*\n([\s\S]*?\n)```$/gm);
  return new Map([...found].map(([, name = '', content = '']) => [name, content]));
}

/** The versions of the workspace, so that the test installs what was tried. */
async function versions(...names: string[]): Promise<string[]> {
  const { devDependencies } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  return names.map((name) => `${name}@${devDependencies[name]}`);
}

describe('the packed package in an empty project', () => {
  let project = '';

  before(async () => {
    const others = await versions('fastify', 'liquidjs', 'sass-embedded');
    const packed = await packedProject(packageFolder, others);
    project = packed.folder;
    const unwanted = packed.files.filter((path) =>
      /\.test\.|testing|fixture|engines\/contract|temp-folder|fake|(?<!\.d)\.ts$/.test(path),
    );
    assert.deepEqual(unwanted, [], 'only what users need is packed');
    for (const [name, content] of await filesIn(join(packageFolder, 'README.md'))) {
      await mkdir(dirname(join(project, name)), { recursive: true });
      await writeFile(join(project, name), content);
    }
  });
  after(() => rm(project, { recursive: true, force: true }));

  for (const script of ['server.js', 'server-node.js']) {
    for (const environment of ['development', 'production']) {
      it(`runs ${script} of the README in ${environment}`, async () => {
        const port = await freePort();
        const server = spawn(process.execPath, [script], {
          cwd: project,
          env: { PATH: process.env.PATH, NODE_ENV: environment, PORT: String(port) },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        const errors: string[] = [];
        server.stderr.on('data', (chunk) => errors.push(String(chunk)));
        const ended = once(server, 'exit');
        try {
          const [said] = await Promise.race([once(server.stdout, 'data'), ended.then(() => [''])]);
          assert.match(String(said), new RegExp(`:${port}\\b`), errors.join(''));
          const page = await fetch(`http://localhost:${port}/`);
          assert.equal(page.status, 200);
          const html = await page.text();
          const urls = [...html.matchAll(/(?:href|src)="(\/(?:assets|static)\/[^"]+)"/g)].map(
            ([, url = '']) => url,
          );
          assert.ok(urls.length >= 3, html);
          for (const url of urls) {
            const asset = await fetch(`http://localhost:${port}${url}`);
            assert.equal(asset.status, 200, url);
            await asset.arrayBuffer();
          }
        } finally {
          server.kill('SIGTERM');
          await ended;
        }
      });
    }
  }

  it('compresses ahead of time with its command, and renders what was built', async () => {
    await writeFile(
      join(project, 'compressor.config.ts'),
      `import { defineConfig } from '@widgy/compressor';\nexport default defineConfig({ mode: 'offline' });\n`,
    );
    // The pinned Node, not whatever Node the machine has.
    const command = (...args: string[]) =>
      execFileSync(process.execPath, [join(project, 'node_modules/.bin/compressor'), ...args], {
        cwd: project,
        encoding: 'utf8',
      });
    const { blocks, artifacts, diagnostics } = JSON.parse(command('compress', '--json'));
    assert.ok(blocks > 0 && artifacts > 0, `${blocks} blocks, ${artifacts} artifacts`);
    assert.deepEqual(diagnostics, []);
    const page = command('render', 'home.liquid', '--mode', 'offline');
    assert.match(page, /\/assets\/[\w.-]+\.[0-9a-f]{16}\.css/);
  });

  it('has types for its users', async () => {
    await writeFile(
      join(project, 'use.ts'),
      `import { compressSite, createCompressor, defineConfig, loadConfig, type Transformer } from '@widgy/compressor';
import { fastifyCompressor } from '@widgy/compressor/fastify';
import { nodeCompressor } from '@widgy/compressor/node';
import { s3Storage } from '@widgy/compressor/s3';
import { testStorage } from '@widgy/compressor/storage-contract';
testStorage('S3', async () => s3Storage({ bucket: 'assets', region: 'eu-central-1' }));
export const config = defineConfig({ mode: 'development' });
export const used: [typeof createCompressor, typeof loadConfig, typeof fastifyCompressor, typeof nodeCompressor] = [createCompressor, loadConfig, fastifyCompressor, nodeCompressor];
export type Own = Transformer;
export const done: Promise<boolean> = loadConfig('compressor.config.ts').then(compressSite).then(({ isDone }) => isDone);
// @ts-expect-error an unknown mode is refused
defineConfig({ mode: 'nonsense' });
`,
    );
    checkTypes(project, 'use.ts');
  });
});
