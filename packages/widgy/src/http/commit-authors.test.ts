import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expectStatus, makePage, testApi } from './api-fixture.ts';
import { listIn, objectIn } from './checked-fixture.ts';

it('commits are told with the names of those who made them, asked for at once', async () => {
  const asked: (readonly string[])[] = [];
  const people = (ids: readonly string[]) => {
    asked.push(ids);
    return new Map([['ann', 'Ann Lee']]);
  };
  const api = await testApi({ api: { people } });
  const { ask } = api;
  const page = await makePage(api, 'page');
  const commit = (after: number, user: string) =>
    ask(`POST ${page}/commits`, { user, body: { after, message: user } });
  const change = (after: number) =>
    ask(`POST ${page}/changes`, {
      body: { after, operations: [{ kind: 'set', id: 'root', fields: { a: `${after}` } }] },
    });
  expectStatus(await commit(0, 'ann'), 201);
  expectStatus(await change(0), 200);
  // Bob is not known any more.
  expectStatus(await commit(1, 'bob'), 201);
  expectStatus(await change(1), 200);
  expectStatus(await commit(2, 'ann'), 201);
  const { commits } = expectStatus(await ask(`GET ${page}/commits`), 200);
  const told = listIn(commits).map((each) => [objectIn(each).author, objectIn(each).authorName]);
  assert.deepEqual(told, [
    ['ann', 'Ann Lee'],
    ['bob', null],
    ['ann', 'Ann Lee'],
  ]);
  assert.deepEqual(asked, [['ann', 'bob']]);
  const one = expectStatus(await ask(`GET ${page}/commits/1`), 200);
  assert.equal(one.authorName, 'Ann Lee');
});
