import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { parseStoredTree } from '../documents/drafts/stored.ts';
import type { Linkable } from '../links/linkable.ts';
import { DEFAULT_SITE } from '../settings/store.ts';
import { measure } from '../tree/measure.ts';
import type { Tree } from '../tree/tree.ts';
import type { LinkTarget } from '../widgets/fields/link-choices.ts';
import { CALLOUT } from './callout.ts';
import { REMEMBERED_CALLOUT_BYTES } from './limits.ts';
import { nameBegins, nameHas } from './read-callouts.ts';
import { checkSiteId } from './store.ts';

/** What decides about what a call-out shows. */
export interface CalloutShowing {
  /** Whose call-outs they are. Default: `default`. */
  readonly site?: string;
  /** Whether only approved commits are shown: as the documents say it. Default: false. */
  readonly isReviewed?: boolean;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/**
 * Lets widgets link to the call-outs of a site, for `linkables` of `openDocuments`. What a reference leads to has the tree that visitors
 * are to see, and none where nothing is published; it has no address. One statement for all call-outs of a page, their trees with it.
 *
 * @throws WidgyError `callouts-invalid` for the id of a site that cannot be used
 */
export function calloutLinkable(options: CalloutShowing = {}): Linkable {
  const { site = DEFAULT_SITE, isReviewed = false, now = Date.now } = options;
  checkSiteId(site);
  const trees = new LRUCache<string, Tree>({
    maxSize: REMEMBERED_CALLOUT_BYTES,
    sizeCalculation: (tree) => measure(tree.root).bytes,
  });
  const treeOf = ({ hash, content }: Row): Tree | undefined => {
    if (hash === null || content === null) return undefined;
    const tree = trees.get(hash) ?? parseStoredTree(content, hash);
    trees.set(hash, tree);
    return tree;
  };
  return {
    type: CALLOUT,
    label: 'Call-out',
    plural: 'Call-outs',
    hasAddresses: false,
    async resolve(queries, ids) {
      if (ids.length === 0) return [];
      const { rows } = await sql<Row>`
        select callouts.id, callouts.name, live.tree as hash, trees.content
        from callouts
        left join commits as live on live.document = callouts.document and live.is_withdrawal = 0 and live.number = (
          select shown.number from commits as shown
          where shown.document = callouts.document and shown.publish_at <= ${now()}
          ${isReviewed ? sql`and shown.approved_at is not null` : sql``}
          order by shown.number desc limit 1
        )
        left join trees on trees.hash = live.tree
        where callouts.site = ${site} and callouts.deleted_at is null and callouts.id in (${sql.join(ids)})`.execute(
        queries,
      );
      return rows.map((row): LinkTarget => {
        const tree = treeOf(row);
        return { id: row.id, label: row.name, url: undefined, ...(tree === undefined ? {} : { tree }) };
      });
    },
    async search(queries, { text, limit }) {
      const rows = await queries
        .selectFrom('callouts')
        .select(['id', 'name', 'document'])
        .where('site', '=', site)
        .where('deleted_at', 'is', null)
        .where(nameHas(text))
        .orderBy(sql`case when ${nameBegins(text)} then 0 else 1 end`)
        .orderBy('name_key')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(({ id, name, document }): LinkTarget => {
        const target = { id, label: name, url: undefined };
        return document === null ? target : { ...target, document };
      });
    },
  };
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly hash: string | null;
  readonly content: string | null;
}
