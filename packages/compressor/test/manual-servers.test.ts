import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { createProject, filesOf, type Project, root } from './manual-project.ts';

/** The folder that a page of the manual describes, compressed. */
async function projectOf(page: string): Promise<Project> {
  const project = await createProject();
  await project.write(filesOf(await readFile(join(root, page), 'utf8')));
  assert.equal(project.run('npx compressor compress --quiet'), '');
  return project;
}

interface Answer {
  readonly early: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks as a browser does that opens a page. */
function openPage(url: string): Promise<Answer> {
  return new Promise((done, fail) => {
    let early: string | undefined;
    const asking = request(url, { agent: false, headers: { 'sec-fetch-mode': 'navigate' } }, (response) => {
      text(response).then((body) => done({ early, headers: response.headers, body }), fail);
    });
    asking.on('information', ({ statusCode, headers }) => {
      if (statusCode === 103) early = String(headers.link);
    });
    asking.on('error', fail).end();
  });
}

describe('the servers of the manual', () => {
  const environment = { NODE_ENV: 'production' };

  for (const program of ['server.ts', 'fastify-server.ts']) {
    it(`tell browsers early what a page will load: ${program}`, async () => {
      await using project = await projectOf('docs/preloading.md');
      await using server = await project.serve(program, environment);
      const { early = '', headers, body } = await openPage(server.url);
      assert.equal(String(headers.link), early);
      const named = [...early.matchAll(/<([^>]+)>/g)].map(([, url]) => url);
      const used = [...body.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url]) => url);
      assert.equal(named.length, 2);
      assert.deepEqual(named, used);
      for (const path of named) assert.equal((await fetch(`${server.url}${path}`)).status, 200);
    });
  }

  it('give each page a nonce that its policy names', async () => {
    await using project = await projectOf('docs/content-security.md');
    await using server = await project.serve('server.ts', environment);
    const [one, two] = [await openPage(server.url), await openPage(server.url)];
    const noncesIn = ({ body }: Answer) =>
      new Set([...body.matchAll(/ nonce="([^"]+)"/g)].map(([, nonce]) => nonce));
    for (const answer of [one, two]) {
      const [nonce, ...others] = noncesIn(answer);
      assert.deepEqual(others, []);
      assert.match(
        String(answer.headers['content-security-policy']),
        new RegExp(`script-src 'nonce-${RegExp.escape(nonce ?? '')}'`),
      );
      assert.equal(answer.body.split(`nonce="${nonce}"`).length, 5, 'four tags bear it');
    }
    assert.notDeepEqual(noncesIn(one), noncesIn(two));
  });
});
