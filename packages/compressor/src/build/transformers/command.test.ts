import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { CompressorError, type ErrorCode } from '../../errors.ts';
import { createBuildSite } from '../../testing/build-site.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import type { TransformInput } from '../transformer.ts';
import { type CommandOptions, commandTransformer } from './command.ts';

/** A transformer that runs a script with this Node. */
function script(code: string, options: Partial<CommandOptions> = {}) {
  const { args = [], ...rest } = options;
  return commandTransformer({
    name: 'shout',
    version: '1',
    extensions: ['.loud'],
    output: 'css',
    command: process.execPath,
    args: ['-e', code, ...args],
    ...rest,
  });
}

function source(path: string, text = 'a{}'): TransformInput {
  return { path, text, language: '.loud', sourceMap: false };
}

/** Prints standard input in capitals. */
const CAPITALS = `process.stdin.setEncoding('utf8').on('data', (text) => process.stdout.write(text.toUpperCase()))`;

describe('commandTransformer', () => {
  const results: readonly {
    readonly what: string;
    readonly code: string;
    readonly options?: Partial<CommandOptions>;
    readonly text: string | RegExp;
  }[] = [
    { what: 'standard streams', code: CAPITALS, text: 'A{É:X}' },
    {
      what: 'arguments as they are, without a shell',
      code: 'console.log(process.argv[1])',
      options: { args: ['$HOME `x` {no} "'] },
      text: '$HOME `x` {no} "\n',
    },
    {
      what: '{infile}',
      code: `console.log(require('fs').readFileSync(process.argv[1], 'utf8'), require('path').basename(process.argv[1]))`,
      options: { args: ['{infile}'] },
      text: 'a{é:x} a.loud\n',
    },
    {
      what: '{infile} leaves standard input empty',
      code: `process.stdin.on('data', () => console.log('something')).on('end', () => console.log('end'))`,
      options: { args: ['{infile}'] },
      text: 'end\n',
    },
    {
      what: '{outfile}, inside of an argument',
      code: `console.log('noise'); require('fs').writeFileSync(process.argv[1].slice(4), 'b{}')`,
      options: { args: ['out={outfile}'] },
      text: 'b{}',
    },
    {
      what: '{path} and {folder}',
      code: 'console.log(process.argv.slice(1).join())',
      options: { args: ['{path}', '{folder}'] },
      text: /^(.*)\/static\/a\.loud,\1\/static\n$/,
    },
    { what: 'the folder of the source', code: 'console.log(process.cwd())', text: /\/static\n$/ },
    { what: 'another folder', code: 'console.log(process.cwd())', options: { cwd: '/' }, text: '/\n' },
    {
      what: 'the environment given',
      code: 'console.log(JSON.stringify(process.env))',
      options: { environment: { A: '1' } },
      text: '{"A":"1"}\n',
    },
    { what: 'PATH only', code: 'console.log(Object.keys(process.env).join())', text: 'PATH\n' },
    { what: 'a program that does not read', code: `console.log('x')`, text: 'x\n' },
  ];
  for (const { what, code, options, text } of results) {
    it(`gives the program what it should get, and takes what it gives: ${what}`, async () => {
      const folder = await temporaryFolder({ 'static/a.loud': '' });
      const result = await script(code, options).transform(source(join(folder, 'static/a.loud'), 'a{é:x}'));
      if (typeof text === 'string') assert.equal(result.text, text);
      else assert.match(result.text, text);
      assert.deepEqual(result.dependencies, []);
    });
  }

  it('takes what a depfile names for what was read', async () => {
    const code = `
      const [, infile, depfile] = process.argv;
      const rule = ['out.css: ', infile, ' parts/b\\\\ c.loud ../static/d.loud \\\\\\n', process.cwd() + '/d.loud'];
      require('fs').writeFileSync(depfile, rule.join(''));
      console.log('a{}')`;
    const transformers = [script(code, { args: ['{infile}', '{depfile}'] })];
    await using site = await createBuildSite(
      { 'a.loud': '', 'parts/b c.loud': '', 'd.loud': '' },
      { build: { transformers } },
    );
    const [part] = await site.builder.plan({ goal: 'style', sources: [{ file: 'a.loud' }] });
    const names = [...(part?.inputs.values() ?? [])].map(({ name }) => name);
    assert.deepEqual(names, ['a.loud', 'parts/b c.loud', 'd.loud']);
  });

  const failures: readonly {
    readonly what: string;
    readonly code: string;
    readonly options?: Partial<CommandOptions>;
    readonly error?: ErrorCode;
    readonly message: RegExp;
  }[] = [
    {
      what: 'an exit status',
      code: `console.error('line 3: no'); process.exit(7)`,
      message: /^shout: exit status 7: line 3: no$/,
    },
    {
      what: 'a signal',
      code: 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1e6)',
      message: /^shout: ended by SIGTERM$/,
    },
    {
      what: 'time',
      code: 'setInterval(() => {}, 1e6)',
      options: { timeout: 50 },
      message: /ended after 50 milliseconds/,
    },
    {
      what: 'too much output',
      code: `setInterval(() => process.stdout.write('x'.repeat(999)), 1)`,
      options: { outputBytes: 5000 },
      message: /more than 5000 bytes/,
    },
    {
      what: 'too large an {outfile}',
      code: `require('fs').writeFileSync(process.argv[1], 'x'.repeat(99))`,
      options: { outputBytes: 50, args: ['{outfile}'] },
      message: /more than 50 bytes/,
    },
    { what: 'no {outfile}', code: '', options: { args: ['{outfile}'] }, message: /no \{outfile\}/ },
    { what: 'no {depfile}', code: '', options: { args: ['{depfile}'] }, message: /no \{depfile\}/ },
    {
      what: 'bytes that are no text',
      code: 'process.stdout.write(Buffer.from([0xff]))',
      message: /not UTF-8/,
    },
    {
      what: 'much on standard error',
      code: `process.stderr.write('x'.repeat(1e5) + 'end', () => process.exit(1))`,
      message: /^shout: exit status 1: x{4093}end$/,
    },
    {
      what: 'the temporary file in a message',
      code: `console.error(process.argv[1] + ':3: no'); process.exit(1)`,
      options: { args: ['{infile}'] },
      message: /: a\.loud:3: no$/,
    },
    {
      what: 'no program',
      code: '',
      options: { command: 'no-such-program-anywhere' },
      error: 'tool-missing',
      message: /needs the program "no-such-program-anywhere"/,
    },
    {
      what: 'a dependency elsewhere',
      code: `require('fs').writeFileSync(process.argv[1], 'o: /etc/hosts')`,
      options: { args: ['{depfile}'] },
      error: 'path-outside-root',
      message: /hosts/,
    },
  ];
  for (const { what, code, options, error: expected = 'transformer-failed', message } of failures) {
    it(`is an error at the source: ${what}`, async () => {
      const transformers = [script(code, options)];
      await using site = await createBuildSite({ 'a.loud': 'a{}' }, { build: { transformers } });
      await assert.rejects(site.build('style', 'a.loud'), (error) => {
        assert.ok(error instanceof CompressorError);
        assert.equal(error.code, expected);
        assert.match(error.summary, message);
        if (expected === 'transformer-failed') assert.deepEqual(error.place, { file: 'a.loud' });
        return true;
      });
    });
  }

  it('says what a program that succeeds writes to standard error', async () => {
    const transformers = [script(`console.error('old syntax'); console.log('a{}')`)];
    await using site = await createBuildSite({ 'a.loud': '' }, { build: { transformers } });
    await site.build('style', 'a.loud');
    assert.deepEqual(site.logged, [{ level: 'warn', message: 'shout: a.loud: old syntax' }]);
  });

  const ends: readonly (readonly [how: string, rest: string])[] = [
    ['well', ''],
    ['with an error', 'process.exit(1)'],
    ['killed', `setInterval(() => process.stdout.write('x'.repeat(999)), 1)`],
  ];
  for (const [how, rest] of ends) {
    it(`removes its temporary files, however the program ends: ${how}`, async () => {
      const told = join(await temporaryFolder(), 'told');
      const code = `
        const fs = require('fs');
        fs.writeFileSync(process.argv[1], 'a{}');
        fs.writeFileSync(${JSON.stringify(told)}, process.argv[1]);
        ${rest}`;
      const transformer = script(code, { args: ['{outfile}', '{infile}'], outputBytes: 5000 });
      const [{ status }] = await Promise.allSettled([
        transformer.transform(source(join(dirname(told), 'a'))),
      ]);
      assert.equal(status, rest === '' ? 'fulfilled' : 'rejected');
      assert.equal(existsSync(dirname(readFileSync(told, 'utf8'))), false);
    });
  }

  /** A script that starts another one, which connects to a socket and stays. */
  const parent = (socket: string, rest: string) => `
    const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
      `require('net').connect(${JSON.stringify(socket)}, () => console.log('ready')); setInterval(() => {}, 1e6)`,
    )}], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => { ${rest} });`;

  it('leaves no process behind when a program ends', async () => {
    const { socket, connected } = await listen();
    await script(parent(socket, `console.log('a{}'); process.exit(0)`)).transform(source(socket));
    const child = await connected;
    if (!child.closed) await once(child, 'close');
  });

  it('ends running programs, with what they started, when it is closed, and can be used again', async () => {
    const { socket, connected } = await listen();
    const transformer = script(parent(socket, ''));
    const running = transformer.transform(source(socket));
    const refused = assert.rejects(running, /compressor was closed/);
    const child = await connected;
    const closed = child.closed ? Promise.resolve() : once(child, 'close');
    await transformer.close?.();
    await refused;
    await closed;
    const again = script(CAPITALS);
    await again.close?.();
    assert.equal((await again.transform(source(socket, 'x'))).text, 'X');
  });

  it('is part of keys with its version, program and arguments', () => {
    const versions = [
      script('1'),
      script('2'),
      script('1', { args: ['x'] }),
      script('1', { version: '2' }),
      script('1', { command: 'other' }),
    ].map(({ version }) => version);
    assert.equal(new Set(versions).size, versions.length);
    assert.equal(script('1', { command: '/usr/bin/x' }).version, script('1', { command: '/bin/x' }).version);
  });
});

/** A socket in a folder of its own, and who connects to it first. */
async function listen(): Promise<{ socket: string; connected: Promise<Socket> }> {
  const socket = join(await temporaryFolder(), 'socket');
  const server = createServer();
  server.unref();
  const connected = once(server, 'connection').then(([first]: Socket[]) => {
    if (first === undefined) throw new Error('nobody connected');
    first.on('error', () => {}).resume();
    server.close();
    return first;
  });
  server.listen(socket);
  await once(server, 'listening');
  return { socket, connected };
}
