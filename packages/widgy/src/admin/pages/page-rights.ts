import type { FeatureName } from '../../accounts/index.ts';
import type { PageStanding } from '../../pages/index.ts';

/** The fields that pages of either kind have, under the names that their forms have for them. */
export const PAGE_FIELDS = [
  'title',
  'slug',
  'target',
  'isPublished',
  'menus',
  'template',
  'mount',
  'metaTitle',
  'metaDescription',
  'isIndexed',
  'isListedInSitemap',
  'needsSignIn',
  'expiresAt',
] as const;

/** One of {@link PAGE_FIELDS}. */
export type PageField = (typeof PAGE_FIELDS)[number];

/** What somebody does to a page. Its content is a document, and asked about there. */
export type PageAct =
  /** `isPublished`: a link page that is shown at once. */
  | { readonly kind: 'create'; readonly isPublished: boolean }
  /** The fields that become others than they were. */
  | { readonly kind: 'change'; readonly fields: readonly PageField[] }
  | { readonly kind: 'move' | 'set-home' | 'clone' | 'delete' | 'restore' | 'purge' };

/**
 * The permissions that something needs: all of them. What visitors see of a page that is public needs `pages.publish`, whatever
 * else it needs. Everything that acts on pages asks here, the forms about what they offer as well as the routes about what was sent.
 */
export function permissionsForPage(act: PageAct, standing: PageStanding): readonly FeatureName[] {
  const ifBranch = standing.isBranchPublic ? PUBLISH : [];
  switch (act.kind) {
    case 'create':
      return ['pages.create', ...(act.isPublished ? PUBLISH : [])];
    case 'change':
      return [
        ...new Set(['pages.edit' as const, ...act.fields.flatMap((field) => forField(field, standing))]),
      ];
    case 'move':
      return ['pages.move', ...ifBranch];
    case 'set-home':
      // Whoever comes to the site sees another page.
      return ['pages.move', ...PUBLISH];
    case 'clone':
      // Clones are drafts, and read the drafts of others.
      return ['pages.create', 'pages.read'];
    case 'delete':
    case 'restore':
      return ['pages.delete', ...ifBranch];
    case 'purge':
      // Visitors have seen nothing of it since it went into the bin.
      return ['pages.delete'];
  }
}

const PUBLISH = ['pages.publish'] as const;

/** The fields that pages below one follow, and the way to them shows. */
const FOLLOWED: ReadonlySet<PageField> = new Set(['title', 'slug', 'menus', 'needsSignIn']);

function forField(field: PageField, { isPublic, isBranchPublic }: PageStanding): readonly FeatureName[] {
  // To show a link page, and to take it off the site, is to publish.
  if (field === 'isPublished') return PUBLISH;
  const isSeen = FOLLOWED.has(field) ? isBranchPublic : isPublic;
  if (!isSeen) return [];
  return field === 'slug' ? [...PUBLISH, 'pages.move'] : PUBLISH;
}

/** The permissions that somebody lacks for something. */
export function lackedFor(
  act: PageAct,
  standing: PageStanding,
  may: (permission: string) => boolean,
): readonly FeatureName[] {
  return permissionsForPage(act, standing).filter((permission) => !may(permission));
}

/** The fields of a page that somebody may not change. */
export function lockedFields(
  standing: PageStanding,
  may: (permission: string) => boolean,
): ReadonlySet<PageField> {
  return new Set(
    PAGE_FIELDS.filter((field) => lackedFor({ kind: 'change', fields: [field] }, standing, may).length > 0),
  );
}

/** Says which permissions somebody lacks, in a sentence. */
export function lackedText(lacked: readonly FeatureName[]): string {
  const names = lacked.map((name) => WORDS.get(name) ?? name);
  return `You may not ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}. Ask somebody who may.`;
}

const WORDS: ReadonlyMap<string, string> = new Map<FeatureName, string>([
  ['pages.read', 'see drafts of pages'],
  ['pages.edit', 'edit pages'],
  ['pages.create', 'make pages'],
  ['pages.move', 'move pages'],
  ['pages.publish', 'change what visitors see'],
  ['pages.delete', 'delete pages'],
]);
