import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { nodeCompressor } from '../src/adapters/node.ts';
import { dictionaryHash } from '../src/storage/dictionary-encodings.ts';
import { makeFolder, removeFolder } from '../src/testing/folder.ts';
import { compressFolder, manifestOf } from '../src/testing/offline-site.ts';
import { createFolder, startSite, type TestFolder, type TestSite, urlsIn } from '../src/testing/site.ts';

/** What is tested with the configuration that the manual gives for it. */
interface WebServer {
  readonly name: string;
  /** The fenced code in the manual. */
  readonly language: string;
  readonly encodings: readonly string[];
  /** Why it cannot be tested on this machine; false if it can. */
  readonly missing: string | false;
  /** Makes of the manual's configuration one that listens on a socket, and starts the program with it. */
  start(config: string, folder: string, socket: string): Promise<ChildProcess>;
}

const BROTLI_MODULE = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  gzip: gunzipSync,
};

function isInstalled(program: string, ...args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}

const webServers: readonly WebServer[] = [
  {
    name: 'nginx',
    language: 'nginx',
    encodings: ['br', 'gzip'],
    missing:
      !(isInstalled('nginx', '-v') && existsSync(BROTLI_MODULE)) &&
      'nginx is not tested: apt-get install nginx libnginx-mod-http-brotli-static',
    async start(config, folder, socket) {
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (what) => `${what}_temp_path ${folder}/${what};`,
      );
      const file = join(folder, 'nginx.conf');
      await writeFile(
        file,
        `load_module ${BROTLI_MODULE};
daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
events {}
http { include /etc/nginx/mime.types; access_log off; ${temporary.join(' ')}
${replaced(config, 'listen 443 ssl;', `listen unix:${socket};`)}}`,
      );
      return spawn('nginx', ['-c', file, '-p', folder, '-e', 'stderr'], { stdio: 'inherit' });
    },
  },
  {
    name: 'Caddy',
    language: 'caddyfile',
    encodings: ['br', 'zstd', 'gzip'],
    missing: !isInstalled('caddy', 'version') && 'Caddy is not tested: apt-get install caddy',
    async start(config, folder, socket) {
      const file = join(folder, 'Caddyfile');
      const site = replaced(config, 'example.com {', `http://localhost {\n\tbind unix/${socket}`);
      await writeFile(file, `{\n\tadmin off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n${site}`);
      const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
      return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { stdio: 'inherit', env });
    },
  },
];

function replaced(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), `the manual has "${from}"`);
  return text.replaceAll(from, to);
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(socketPath: string, path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path, headers: { host: 'localhost', ...headers }, agent: false }, (response) => {
      const { statusCode: status } = response;
      buffer(response).then((body) => resolve({ status, headers: response.headers, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}

/** Whether somebody answers at a socket. */
function isAnswering(socket: string): Promise<boolean> {
  return ask(socket, '/', {}).then(
    () => true,
    () => false,
  );
}

const RULES = Array.from({ length: 300 }, (_, index) => `.a${index * 7919} { top: ${index}px }`).join('\n');
const SCRIPT = `document.title = "${'title '.repeat(100)}";`;

for (const { name, language, encodings, missing, start } of webServers) {
  describe(`${name}, configured as the manual says`, { skip: missing }, () => {
    let folder: TestFolder;
    let site: TestSite;
    let old: Buffer;
    let urls: readonly string[];
    let program: ChildProcess;
    let work: string;
    let socket: string;
    const server = createServer((req, res) =>
      nodeCompressor(site.compressor, { trustProxy: true })(req, res, () => res.end('own page')),
    );

    before(async () => {
      folder = await createFolder({
        'static/site.css': RULES,
        'static/site.js': SCRIPT,
        'templates/page.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'site.css' %}">{% endcompress %}
{% compress js %}<script src="{% static 'site.js' %}"></script>{% endcompress %}`,
      });
      await compressFolder(folder, {}, { encodings: true });
      const first = Object.keys((await manifestOf(folder)).artifacts).find((key) => key.endsWith('.css'));
      old = await readFile(join(folder.path, 'public/assets', first ?? ''));
      await folder.write({ 'static/site.css': RULES.replace('top: 7px', 'top: 8px') });
      await compressFolder(folder, {}, { encodings: true });
      site = await startSite(folder, { mode: 'offline' });
      urls = urlsIn(await site.compressor.render('page.liquid'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      assert.ok(typeof address === 'object' && address !== null);

      const manual = await readFile(new URL('../../../docs/deploying.md', import.meta.url), 'utf8');
      const [, text = ''] = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'ms').exec(manual) ?? [];
      const own = replaced(text, '/srv/site/public', join(folder.path, 'public'));
      work = await makeFolder();
      socket = join(work, 'web.sock');
      program = await start(replaced(own, '127.0.0.1:3000', `127.0.0.1:${address.port}`), work, socket);
      while (program.exitCode === null && !(await isAnswering(socket))) await wait(20);
      assert.equal(program.exitCode, null, `${name} runs`);
    });
    after(async () => {
      program?.kill();
      if (program?.exitCode === null) await once(program, 'exit');
      if (work !== undefined) await removeFolder(work);
      server.closeAllConnections();
      server.close();
      await site?.[Symbol.asyncDispose]();
      await folder?.[Symbol.asyncDispose]();
    });

    const accepts: readonly [accept: string, encoding: string | undefined][] = [
      ['gzip, deflate, br, zstd', 'br'],
      ['zstd', encodings.includes('zstd') ? 'zstd' : undefined],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', undefined],
    ];
    for (const [accept, encoding] of accepts) {
      it(`sends who accepts ${accept} ${encoding ?? 'plain content'}, with the headers of the compressor`, async () => {
        for (const url of urls) {
          const expected = await site.get(url);
          const { status, headers, body } = await ask(socket, url, { 'accept-encoding': accept });
          assert.equal(status, 200);
          assert.equal(headers['content-encoding'], encoding);
          const decode = decoders[encoding ?? ''];
          assert.equal((decode ? decode(body) : body).toString(), expected.text);
          assert.match(
            headers['content-type'] ?? '',
            /^(?:text\/css|(?:text|application)\/javascript); ?charset=utf-8$/,
          );
          for (const same of ['cache-control', 'access-control-allow-origin', 'x-content-type-options']) {
            assert.equal(headers[same], expected.headers[same]);
          }
          const varying = new Set(headers.vary?.split(', '));
          assert.deepEqual(varying, new Set(['Accept-Encoding', 'Available-Dictionary']));
          const [, extension] = /\.(\w+)$/.exec(url) ?? [];
          assert.equal(headers['use-as-dictionary'], `match="/assets/site.*.${extension}"`);
        }
      });
    }

    it('passes on who could have the difference', async () => {
      const [url = ''] = urls;
      const { headers, body } = await ask(socket, url, {
        'accept-encoding': 'br, dcb',
        'available-dictionary': `:${dictionaryHash(old).toString('base64')}:`,
      });
      assert.equal(headers['content-encoding'], 'dcb');
      assert.ok(body.length < 200);
      assert.match(headers['cache-control'] ?? '', /^private,/);
    });

    it('passes on what is no artifact, and what is not there', async () => {
      assert.equal((await ask(socket, '/', {})).body.toString(), 'own page');
      const [release] = await readdir(join(folder.path, 'public/assets/releases'));
      for (const path of [`/assets/releases/${release}`, '/assets/none.0123456789abcdef.css', '/assets/']) {
        const { status, headers } = await ask(socket, path, {});
        assert.equal(status, 404, path);
        assert.equal(headers['cache-control'], 'no-store', path);
      }
    });
  });
}
