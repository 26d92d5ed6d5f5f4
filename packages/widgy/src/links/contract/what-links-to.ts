import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { commit, insertDocument, statementsOfWork } from '../../database/contract/fixtures.ts';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import type { Link } from '../links-in.ts';
import { missingTargets } from '../resolve.ts';
import { copyLinks, replaceDraftLinks, writeDraftLinks } from '../stored-links.ts';
import { MAX_TOLD_LINKS, refuseIfLinked, whatLinksTo } from '../what-links-to.ts';
import { createThings, thingLinkables } from './things.ts';

const target = { type: 'page', id: '1' };
const LINK: Link = { widget: 'w', field: 'to', target };
const OTHER: Link = { widget: 'w', field: 'to', target: { type: 'page', id: '2' } };
const NOW = 100;
const PLAIN = { now: NOW, isReviewed: false };
const REVIEWED = { now: NOW, isReviewed: true };

/** A version that links to the target, or that does not. */
interface Version {
  readonly isLinked: boolean;
  readonly at?: number | null;
  readonly isApproved?: boolean;
  readonly isWithdrawal?: boolean;
}

const linked: Version = { isLinked: true, at: 0 };
const unlinked: Version = { isLinked: false, at: 0 };

/** Where the link is found: `draft`, `live`, `scheduled`, or `history` for none of them. */
const CASES: readonly [
  what: string,
  draft: Version,
  commits: readonly Version[],
  question: typeof PLAIN,
  places: string,
][] = [
  ['nothing', unlinked, [], PLAIN, 'none'],
  ['a draft', linked, [], PLAIN, 'draft'],
  ['a live commit', unlinked, [linked], PLAIN, 'live'],
  ['a commit that is live from now on', unlinked, [{ ...linked, at: NOW }], PLAIN, 'live'],
  ['a draft and a live commit', linked, [linked], PLAIN, 'draft live'],
  ['a commit before the live one', unlinked, [linked, unlinked], PLAIN, 'history'],
  ['two commits', unlinked, [linked, linked], PLAIN, 'live'],
  ['a scheduled commit', unlinked, [{ ...linked, at: NOW + 1 }], PLAIN, 'scheduled'],
  ['a live and a scheduled commit', unlinked, [linked, { ...linked, at: 200 }], PLAIN, 'live scheduled'],
  ['a live commit with another one scheduled', unlinked, [linked, { ...unlinked, at: 200 }], PLAIN, 'live'],
  [
    'a scheduled commit that a later one won over',
    unlinked,
    [{ ...linked, at: 200 }, unlinked],
    PLAIN,
    'history',
  ],
  ['a commit that is not to be shown', unlinked, [unlinked, { ...linked, at: null }], PLAIN, 'history'],
  ['a commit that was withdrawn', unlinked, [linked, { ...linked, isWithdrawal: true }], PLAIN, 'history'],
  [
    'a commit that will be withdrawn',
    unlinked,
    [linked, { ...linked, isWithdrawal: true, at: 200 }],
    PLAIN,
    'live',
  ],
  ['a commit that nobody approved', unlinked, [linked], REVIEWED, 'scheduled'],
  ['a commit that somebody approved', unlinked, [{ ...linked, isApproved: true }], REVIEWED, 'live'],
  [
    'an approved commit with a later one that waits',
    unlinked,
    [{ ...linked, isApproved: true }, unlinked],
    REVIEWED,
    'live',
  ],
  [
    'a commit that nobody approved before one that somebody did',
    unlinked,
    [linked, { ...unlinked, isApproved: true }],
    REVIEWED,
    'history',
  ],
];

/** Tests of what links to something, on one kind of database. */
export function testWhatLinksTo({ createUrl }: TestDatabases): void {
  describe('what links to something', () => {
    it('is told with where it links', async () => {
      const database = await openMigrated(await createUrl());
      const { kysely, transaction } = database;
      for (const [what, draft, commits, question, places] of CASES) {
        const document = await insertDocument(kysely);
        for (const [at, version] of commits.entries()) {
          const { at: time = 0, isApproved, isWithdrawal } = version;
          const approval = isApproved === true ? { approved_by: 'ann', approved_at: 1 } : {};
          const own = { publish_at: time, is_withdrawal: isWithdrawal === true ? 1 : 0, ...approval };
          await kysely
            .insertInto('commits')
            .values(commit(document, at + 1, own))
            .execute();
          await transaction(async (step) => {
            await replaceDraftLinks(step, document, [version.isLinked ? LINK : OTHER]);
            await copyLinks(step, document, 0, at + 1);
          });
        }
        await transaction((own) => replaceDraftLinks(own, document, [draft.isLinked ? LINK : OTHER]));

        const { documents } = await whatLinksTo(kysely, target, question);
        const found = documents.find((one) => one.document === document);
        const told = found && [
          ...(found.isInDraft ? ['draft'] : []),
          ...(found.isInLive ? ['live'] : []),
          ...(found.isInScheduled ? ['scheduled'] : []),
        ];
        assert.equal(told === undefined ? 'none' : told.join(' ') || 'history', places, what);
        await kysely.deleteFrom('documents').where('id', '=', document).execute();
      }
    });

    it('is told with its owner, in one statement, and holds back its deletion', async () => {
      const database = await openMigrated(await createUrl());
      const { kysely, transaction } = database;
      const owner = { owner_type: 'page', owner_id: '7', owner_field: 'body' };
      const owned = await insertDocument(kysely, { id: 'b', ...owner });
      const old = await insertDocument(kysely, { id: 'a' });
      await insertDocument(kysely, { id: 'c' });
      await kysely
        .insertInto('commits')
        .values([commit(old, 1), commit(old, 2)])
        .execute();
      await transaction(async (own) => {
        await replaceDraftLinks(own, owned, [LINK, { ...LINK, widget: 'v' }, OTHER]);
        await replaceDraftLinks(own, old, [LINK]);
        await copyLinks(own, old, 0, 1);
        await replaceDraftLinks(own, old, []);
      });
      const both = {
        documents: [
          {
            document: 'b',
            owner: { type: 'page', id: '7', field: 'body' },
            isInDraft: true,
            isInLive: false,
            isInScheduled: false,
          },
          { document: 'a', owner: null, isInDraft: false, isInLive: false, isInScheduled: false },
        ],
        total: 2,
        blocking: 1,
      };
      const statements = await statementsOfWork(database, async () =>
        assert.deepEqual(await whatLinksTo(kysely, target, PLAIN), both),
      );
      assert.equal(statements.length, 1);

      const refuse = () => transaction((own) => refuseIfLinked(own, target, PLAIN));
      const refused = await statementsOfWork(database, async () =>
        assert.deepEqual(await refuse(), {
          ok: false,
          refusal: { code: 'linked', target, documents: both.documents.slice(0, 1), total: 1 },
        }),
      );
      assert.equal(refused.filter((statement) => /links/.test(statement)).length, 1);
      await transaction((own) => replaceDraftLinks(own, owned, [OTHER]));
      assert.deepEqual(await refuse(), { ok: true });
      assert.deepEqual(await transaction((own) => refuseIfLinked(own, { type: 'page', id: '3' }, PLAIN)), {
        ok: true,
      });
    });

    it('does not hold itself back', async () => {
      const { kysely, transaction } = await openMigrated(await createUrl());
      const link = async (own: Parameters<typeof insertDocument>[1]) => {
        const document = await insertDocument(kysely, own);
        await transaction((step) => replaceDraftLinks(step, document, [LINK]));
      };
      await link({ owner_type: 'page', owner_id: '1', owner_field: 'body' });
      const question = await whatLinksTo(kysely, target, PLAIN);
      assert.deepEqual([question.total, question.blocking], [1, 0]);
      assert.deepEqual(await transaction((own) => refuseIfLinked(own, target, PLAIN)), { ok: true });
      await link({ id: 'z', owner_type: 'boat', owner_id: '1', owner_field: 'body' });
      const answer = await transaction((own) => refuseIfLinked(own, target, PLAIN));
      assert.ok(!answer.ok);
      assert.deepEqual(
        answer.refusal.documents.map(({ document }) => document),
        ['z'],
      );
    });

    it('is told up to a limit, with how much there is', async () => {
      const { kysely, transaction } = await openMigrated(await createUrl());
      const count = MAX_TOLD_LINKS + 5;
      await transaction(async (own) => {
        for (let at = 0; at < count; at++) {
          const document = await insertDocument(own, { id: `d${at}` });
          await writeDraftLinks(own, document, { added: [LINK], removed: [] });
        }
      });
      const linking = await whatLinksTo(kysely, target, PLAIN);
      assert.deepEqual(
        [linking.documents.length, linking.total, linking.blocking],
        [MAX_TOLD_LINKS, count, count],
      );
      const answer = await transaction((own) => refuseIfLinked(own, target, PLAIN));
      assert.ok(!answer.ok);
      assert.deepEqual([answer.refusal.documents.length, answer.refusal.total], [MAX_TOLD_LINKS, count]);
    });

    it('is never left pointing at nothing by who links and who deletes at once', async () => {
      const { kysely, transaction } = await openMigrated(await createUrl());
      const linkables = thingLinkables();
      await createThings(kysely, [{ type: 'page', id: '1', label: 'One', url: '/1' }]);
      const document = await insertDocument(kysely);
      for (let round = 0; round < 5; round++) {
        const linking = transaction(async (own) => {
          if ((await missingTargets(own, linkables, [LINK])).length > 0) return false;
          await writeDraftLinks(own, document, { added: [LINK], removed: [] });
          return true;
        });
        const deleting = transaction(async (own) => {
          const answer = await refuseIfLinked(own, target, PLAIN);
          if (answer.ok) await sql`delete from things where type = 'page' and id = '1'`.execute(own);
          return answer.ok;
        });
        const [isLinked, isDeleted] = await Promise.all([linking, deleting]);
        assert.notEqual(isLinked, isDeleted, 'exactly one of the two is done');
        await transaction((own) => replaceDraftLinks(own, document, []));
        if (isDeleted) await sql`insert into things values ('page', '1', 'One', '/1')`.execute(kysely);
      }
    });
  });
}
