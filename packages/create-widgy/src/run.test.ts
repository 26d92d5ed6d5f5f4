import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { run } from './run.ts';

const read = async (path: string) => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));

describe('npm create widgy', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'create-widgy-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const create = async (args: readonly string[], node = '24.0.0') => {
    const [out, error]: [string[], string[]] = [[], []];
    const status = await run(args, {
      ...{ directory, node },
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => error.push(text) },
    });
    return { status, out: out.join(''), error: error.join('') };
  };
  const contents = async (folder: string) => (await readdir(join(directory, folder))).sort();

  it('makes a site in a new folder, and says what to do next', async () => {
    const { status, out, error } = await create(['my-site']);
    assert.deepEqual([status, error], [0, '']);
    assert.match(out, /^ {2}cd my-site\n {2}npm install\n {2}npm start\n/m);
    assert.deepEqual(await contents('my-site'), [
      '.env',
      '.gitignore',
      'README.md',
      'compressor.config.ts',
      'package.json',
      'server.ts',
      'src',
      'static',
      'templates',
      'tsconfig.json',
      'widgets',
      'widgy.config.ts',
    ]);
    const template = new URL('../template/', import.meta.url);
    const [copied, original] = await Promise.all([
      readFile(join(directory, 'my-site/widgets/quote/render.liquid'), 'utf8'),
      readFile(new URL('widgets/quote/render.liquid', template), 'utf8'),
    ]);
    assert.equal(copied, original);
    assert.match(await readFile(join(directory, 'my-site/.gitignore'), 'utf8'), /^\.env$/m);
  });

  it('makes a secret for each site, for its owner to read alone', async () => {
    const secretOf = async (folder: string) => {
      await create([folder]);
      const file = join(directory, folder, '.env');
      assert.equal((await stat(file)).mode & 0o077, 0);
      return /^WIDGY_SECRET=([\w-]{64})$/m.exec(await readFile(file, 'utf8'))?.[1];
    };
    const secrets = [await secretOf('one'), await secretOf('two')];
    assert.equal(new Set(secrets).size, 2);
    assert.ok(!secrets.includes(undefined));
  });

  it('calls the package like the folder, and leaves the rest of package.json as it is', async () => {
    await create(['sites/harbour']);
    const text = await readFile(join(directory, 'sites/harbour/package.json'), 'utf8');
    assert.deepEqual(JSON.parse(text), { ...(await read('../template/_package.json')), name: 'harbour' });
  });

  it('makes it in the folder that one is in, where that is empty but for a repository', async () => {
    await mkdir(join(directory, 'boats/.git'), { recursive: true });
    directory = join(directory, 'boats');
    const { status, out } = await create(['.']);
    assert.equal(status, 0);
    assert.doesNotMatch(out, /cd /);
    assert.ok((await contents('.')).includes('package.json'));
  });

  it('quotes a path for the shell', async () => {
    const { out } = await create(["Ann's sites/a"]);
    assert.ok(out.includes(String.raw`cd 'Ann'\''s sites/a'`), out);
  });

  for (const args of [['--help'], ['-h'], ['my-site', '--help']]) {
    it(`prints how it is used for ${args.join(' ')}, and makes nothing`, async () => {
      const { status, out, error } = await create(args);
      assert.deepEqual([status, error, await contents('.')], [0, '', []]);
      assert.match(out, /^Usage: npm create widgy FOLDER\n/);
    });
  }

  const misused: readonly [args: readonly string[], fault: RegExp][] = [
    [[], /^Say which folder/],
    [[''], /^Say which folder/],
    [['my', 'site'], /^Name one folder/],
    [['--template', 'x'], /^Unknown option '--template'/],
  ];
  for (const [args, fault] of misused) {
    it(`is not used as ${JSON.stringify(args)}`, async () => {
      const { status, out, error } = await create(args);
      assert.deepEqual([status, out, await contents('.')], [2, '', []]);
      assert.match(error, fault);
      assert.match(error, /^Usage: npm create widgy FOLDER$/m);
    });
  }

  const refused: readonly [what: string, prepare: () => Promise<unknown>, fault: RegExp][] = [
    [
      'a folder that has something in it',
      async () => {
        await mkdir(join(directory, 'my-site'));
        await writeFile(join(directory, 'my-site/.env'), 'KEEP=1');
      },
      /^The folder my-site has something in it already\./,
    ],
    ['a file', () => writeFile(join(directory, 'my-site'), 'KEEP'), /^my-site is no folder\./],
    [
      'a link that leads nowhere',
      () => symlink(join(directory, 'nowhere'), join(directory, 'my-site')),
      /^The site was not made, or only a part of it: E/,
    ],
    [
      'a path below a file',
      async () => {
        await writeFile(join(directory, 'sites'), 'KEEP');
      },
      /^sites\/my-site is no folder\./,
    ],
  ];
  for (const [what, prepare, fault] of refused) {
    it(`refuses ${what}, and writes nothing`, async () => {
      await prepare();
      const list = () => readdir(directory, { recursive: true });
      const before = await list();
      const { status, out, error } = await create([
        what === 'a path below a file' ? 'sites/my-site' : 'my-site',
      ]);
      assert.deepEqual([status, out], [1, '']);
      assert.match(error, fault);
      assert.deepEqual(await list(), before);
    });
  }

  it('refuses a name that cannot be one', async () => {
    const { status, error } = await create(['My Site']);
    assert.deepEqual([status, await contents('.')], [1, []]);
    assert.match(error, /Try my-site\.\n$/);
  });

  it('refuses a Node that a site does not run on', async () => {
    const { status, error } = await create(['my-site'], '22.19.0');
    assert.deepEqual([status, await contents('.')], [1, []]);
    assert.match(error, /^A Widgy site needs Node 24 or later, and this is Node 22\.19\.0\./);
  });
});

describe('the template', () => {
  it('asks for the versions that the workspace has', async () => {
    const manifest = await read('../template/_package.json');
    const widgy = await read('../../widgy/package.json');
    const compressor = await read('../../compressor/package.json');
    const workspace = await read('../../../package.json');
    const { fastify, liquidjs, zod } = widgy.devDependencies;
    const wanted = { '@widgy/compressor': compressor.version, fastify, liquidjs, widgy: widgy.version, zod };
    const { typescript, '@types/node': types } = workspace.devDependencies;
    const caret = (versions: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, `^${version}`]));
    assert.deepEqual(manifest.dependencies, caret(wanted));
    assert.deepEqual(manifest.devDependencies, caret({ '@types/node': types, typescript }));
    assert.deepEqual(manifest.engines, widgy.engines);
  });

  it('compiles what the manual compiles: code of servers, and scripts of widgets', async () => {
    const { compilerOptions } = await read('../template/tsconfig.json');
    const manual = new URL('../../../docs/widgy-first-widget.md', import.meta.url);
    const [, given = ''] =
      /^\*\*tsconfig\.json\*\*\n\n```json\n(.*?)^```/ms.exec(await readFile(manual, 'utf8')) ?? [];
    const { verbatimModuleSyntax, ...shared } = compilerOptions;
    assert.deepEqual(shared, JSON.parse(given).compilerOptions);
    assert.equal(verbatimModuleSyntax, true);
  });
});
