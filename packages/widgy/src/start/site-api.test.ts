import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeUser, endSessions, readUser, trustedActor } from '../accounts/index.ts';
import { addHeading, publish, publishedPage, signedIn, testServer } from './server-fixture.ts';

describe('a stream of events', () => {
  const server = testServer();

  /** What may happen to somebody while their stream is open. */
  const ends: readonly [what: string, happen: (id: string) => Promise<unknown>][] = [
    ['may not sign in any more', (id) => change(id, { isActive: false })],
    ['lost their role', (id) => change(id, { roles: [] })],
    ['was signed out everywhere', async (id) => endSessions((await server).widgy.accounts, id)],
  ];

  async function change(id: string, what: object): Promise<void> {
    const { accounts } = (await server).widgy;
    const user = await readUser(accounts, id);
    const changed = await changeUser(accounts, id, { seen: user?.revision ?? 0, ...what }, trustedActor);
    assert.ok(changed.ok, JSON.stringify(changed));
  }

  for (const [at, [what, happen]] of ends.entries()) {
    it(`ends for somebody who ${what}`, async () => {
      const { app, widgy } = await server;
      if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
      const { document } = await publishedPage(await server, { title: `Page ${at}` });
      const { id, cookie } = await signedIn(await server, `reader-${at}`, ['admin.enter', 'pages.read']);
      const url = `${app.listeningOrigin}/api/widgy/documents/${document}/events`;
      const answer = await fetch(url, { headers: { cookie } });
      assert.equal(answer.status, 200);
      assert.ok(answer.body);
      const events = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      /** What is told up to an event of a name, or to the end. */
      const until = async (name: string) => {
        let text = '';
        for (;;) {
          const { value, done } = await events.read();
          text += value ?? '';
          if (done || text.includes(`event: ${name}\n`)) return text;
        }
      };
      await until('state');
      // Whoever may still read is told what happens, and goes on.
      await addHeading(await server, document, 'Ahoy');
      await publish(widgy.documents, document);
      assert.doesNotMatch(await until('state'), /event: end/);
      await happen(id);
      await addHeading(await server, document, 'Secret');
      await publish(widgy.documents, document);
      assert.match(await until('end'), /event: end\ndata: {"reason":"not-allowed"}\n\n$/);
    });
  }
});

describe('who is at a document', () => {
  const server = testServer();

  it('is told with their names, and by nobody who was signed out', async () => {
    const { app, widgy } = await server;
    const { document } = await publishedPage(await server, { title: 'Harbour' });
    const { id, cookie } = await signedIn(await server, 'ann', ['admin.enter', 'pages.read']);
    const tell = () =>
      app.inject({
        method: 'PUT',
        url: `/api/widgy/documents/${document}/presence/tab`,
        headers: { cookie, 'sec-fetch-site': 'same-origin' },
        payload: { widget: null },
      });
    const people = [{ client: 'tab', author: id, name: 'ann', widget: null }];
    assert.deepEqual((await tell()).json(), { people });
    await endSessions(widgy.accounts, id);
    assert.equal((await tell()).statusCode, 401);
  });
});
