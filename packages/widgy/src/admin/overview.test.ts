import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeUser, readUser, trustedActor } from '../accounts/index.ts';
import { commitDraft, trustedAuthor } from '../documents/index.ts';
import { testAdmin } from './admin-fixture.ts';
import { makePage } from './documents/documents-admin-fixture.ts';

describe('the overview', () => {
  it('shows what is still to come, and who is behind it, whatever became of them', async () => {
    const admin = await testAdmin();
    const { accounts, documents } = admin.widgy;
    const ann = await admin.person('everything', 'Ann');
    const bob = await admin.person(['pages.read', 'pages.publish'], 'Bob');
    assert.doesNotMatch((await ann.get('/')).text, /Still to come/);
    const publishAt = Date.UTC(2026, 11, 4, 9);
    for (const [title, author] of [['Boats', bob.id], ['Skiffs', 'gone'] as const] as const) {
      const { document } = await makePage(admin, title);
      assert.ok((await commitDraft(documents, document, { after: 0, publishAt }, trustedAuthor(author))).ok);
    }
    const { text } = await ann.get('/');
    assert.match(text, /Boats by Bob 4 December 2026 at 09:00 UTC/);
    assert.match(text, /Skiffs by somebody who was deleted 4 December 2026 at 09:00 UTC/);
    const user = await readUser(accounts, bob.id);
    assert.ok(user);
    const kept = { isActive: false, seen: user.revision };
    assert.ok((await changeUser(accounts, bob.id, kept, trustedActor)).ok);
    assert.match((await ann.get('/')).text, /Boats by Bob, who may not sign in any more 4 December/);
    const nobody = await admin.person([]);
    assert.doesNotMatch((await nobody.get('/')).text, /Boats|Still to come/);
  });
});
