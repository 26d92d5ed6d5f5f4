import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCode } from '../../database/contract/fixtures.ts';
import { addUser, done, type OpenTestAccounts, outcomesOf, refusedWith } from '../accounts-fixture.ts';
import { may } from '../permissions/rights.ts';
import { listRoles } from '../roles/read-roles.ts';
import { countRoleHolders, listRoleHolders } from '../roles/role-holders.ts';
import { changeRole, createRole, deleteRole } from '../roles/write-role.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { trustedActor } from '../users/actor.ts';
import { changeUser } from '../users/change-user.ts';

const reviewer = {
  name: 'reviewer',
  label: ' Reviewer ',
  permissions: ['pages.read', '*:change', 'raw-html:add'],
};

/** Tests of roles that people make. */
export function testRoles(openTestAccounts: OpenTestAccounts): void {
  describe('roles', () => {
    it('are made, given, changed and deleted', async () => {
      const { store } = await openTestAccounts();
      const { role } = done(await createRole(store, reviewer, trustedActor));
      const permitted = new Set(['*:change', 'pages.read', 'raw-html:add']);
      assert.deepEqual(role, {
        name: 'reviewer',
        label: 'Reviewer',
        permitted,
        isBuiltIn: false,
        revision: 1,
      });
      assert.deepEqual(
        (await listRoles(store)).map(({ name }) => name),
        ['administrator', 'editor', 'author', 'reviewer'],
      );
      assert.deepEqual((await listRoles(store)).at(-1), role);
      const { user, password } = await addUser(store, 'ann', { site: 'default', role: 'reviewer' });
      const signed = async () =>
        done(await signIn(store, { email: user.email, password, address: '::1' })).user;
      const ann = await signed();
      assert.deepEqual(
        ['pages.read', 'note:change', 'raw-html:change', 'raw-html:add'].map((name) =>
          may(ann, name, 'default'),
        ),
        [true, true, false, true],
      );
      assert.equal(may(ann, 'pages.read', 'other'), false);
      const changed = done(
        await changeRole(store, 'reviewer', { seen: 1, label: 'Readers', permissions: [] }, trustedActor),
      );
      assert.equal(changed.role.revision, 2);
      const now = await signed();
      assert.deepEqual(
        [may(now, 'pages.read', 'default'), now.rightsRevision],
        [false, ann.rightsRevision + 1],
      );
      const inUse = refusedWith(await deleteRole(store, 'reviewer', { seen: 2 }, trustedActor));
      assert.deepEqual(inUse, { code: 'role-in-use', users: 1 });
      assert.deepEqual(await listRoleHolders(store, 'reviewer'), [
        { id: user.id, email: user.email, name: user.name },
      ]);
      assert.deepEqual(await countRoleHolders(store), new Map([['reviewer', 1]]));
      done(await changeUser(store, user.id, { seen: 1, roles: [] }, trustedActor));
      assert.deepEqual(
        [await listRoleHolders(store, 'reviewer'), await countRoleHolders(store)],
        [[], new Map()],
      );
      done(await deleteRole(store, 'reviewer', { seen: 2 }, trustedActor));
      assert.equal((await listRoles(store)).length, 3);
    });

    const refused: readonly [what: string, details: object, code: string][] = [
      ['the name of one that is built in', { name: 'editor' }, 'role-taken'],
      ['a name that there is', { name: 'taken' }, 'role-taken'],
      ['a capital', { name: 'Reviewer' }, 'invalid'],
      ['no name', { name: '' }, 'invalid'],
      ['a long name', { name: 'x'.repeat(65) }, 'invalid'],
      ['__proto__', { name: '__proto__' }, 'invalid'],
      ['no label', { label: ' ' }, 'invalid'],
      ['a permission that there is not', { permissions: ['pages.reed'] }, 'invalid'],
      ['everything', { permissions: ['*'] }, 'invalid'],
      ['an action that there is not', { permissions: ['*:burn'] }, 'invalid'],
    ];
    it('are refused with what cannot be', async (test) => {
      const { store } = await openTestAccounts();
      done(await createRole(store, { ...reviewer, name: 'taken' }, trustedActor));
      for (const [what, details, code] of refused) {
        await test.test(what, async () => {
          assert.equal(
            refusedWith(await createRole(store, { ...reviewer, ...details }, trustedActor)).code,
            code,
          );
        });
      }
      assert.equal((await listRoles(store)).length, 4);
    });

    it('that are built in stay as they are', async () => {
      const { store } = await openTestAccounts();
      for (const name of ['administrator', 'editor', 'author']) {
        const change = { seen: 0, label: 'x', permissions: [] };
        assert.deepEqual(refusedWith(await changeRole(store, name, change, trustedActor)), {
          code: 'role-fixed',
        });
        assert.deepEqual(refusedWith(await deleteRole(store, name, change, trustedActor)), {
          code: 'role-fixed',
        });
      }
    });

    it('are changed by one of two who have seen the same', async () => {
      const { store, second: other } = await openTestAccounts();
      done(await createRole(store, reviewer, trustedActor));
      const change = (label: string) => ({ seen: 1, label, permissions: [] });
      const both = await Promise.all([
        changeRole(store, 'reviewer', change('a'), trustedActor),
        changeRole(other, 'reviewer', change('b'), trustedActor),
      ]);
      assert.deepEqual(outcomesOf(both), ['done', 'stale']);
      const late = await deleteRole(store, 'reviewer', { seen: 1 }, trustedActor);
      assert.deepEqual(refusedWith(late), { code: 'stale', revision: 2 });
      const gone = await changeRole(store, 'gone', change('a'), trustedActor);
      assert.deepEqual(refusedWith(gone), { code: 'role-missing' });
    });

    it('are not deleted while somebody gets them', async () => {
      const { store, second: other } = await openTestAccounts();
      done(await createRole(store, reviewer, trustedActor));
      const { user } = await addUser(store, 'ann');
      const [deleted, given] = await Promise.all([
        deleteRole(store, 'reviewer', { seen: 1 }, trustedActor),
        changeUser(other, user.id, { seen: 1, roles: [{ site: '*', role: 'reviewer' }] }, trustedActor),
      ]);
      const outcome = outcomesOf([deleted, given]);
      assert.ok(['done,invalid', 'done,role-in-use'].includes(outcome.join()), outcome.join());
    });

    it('are made and changed only by whoever holds them everywhere', async () => {
      const { store } = await openTestAccounts();
      const manager = { name: 'manager', label: 'Manager', permissions: ['users.manage', 'pages.read'] };
      done(await createRole(store, manager, trustedActor));
      done(await createRole(store, { ...reviewer, permissions: ['settings.change'] }, trustedActor));
      const everywhere = (await addUser(store, 'ann', 'manager')).user;
      const here = (await addUser(store, 'bob', { site: 'default', role: 'manager' })).user;
      const as = ({ id }: { readonly id: string }) => ({ kind: 'user', id }) as const;
      const own = { name: 'own', label: 'Own', permissions: ['pages.read'] };
      assert.equal(refusedWith(await createRole(store, own, as(here))).code, 'not-permitted');
      done(await createRole(store, own, as(everywhere)));
      for (const answer of [
        await createRole(store, { ...own, name: 'more', permissions: ['pages.edit'] }, as(everywhere)),
        await changeRole(store, 'own', { ...own, seen: 1, permissions: ['*:add'] }, as(everywhere)),
        await changeRole(store, 'reviewer', { ...own, seen: 1 }, as(everywhere)),
        await deleteRole(store, 'reviewer', { seen: 1 }, as(everywhere)),
      ]) {
        assert.equal(refusedWith(answer).code, 'not-permitted');
      }
      done(await deleteRole(store, 'own', { seen: 1 }, as(everywhere)));
    });

    it('that cannot be read are told to be damaged', async () => {
      const { store, database } = await openTestAccounts();
      for (const permissions of ['{', '{}', '[1]']) {
        await database.kysely.deleteFrom('roles').execute();
        const row = { name: 'bad', label: 'Bad', permissions, revision: 1 };
        await database.kysely.insertInto('roles').values(row).execute();
        await assert.rejects(listRoles(store), withCode('stored-invalid'));
      }
    });
  });
}
