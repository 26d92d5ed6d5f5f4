/**
 * Links of widgets to things that a site registers: finding them in trees, keeping them in the database, and saying what links
 * where. Node only.
 */

export type { LinkGroup, LinkTarget } from '../widgets/fields/link-choices.ts';
export {
  formatReference,
  isLinkUrl,
  parseReference,
  REFERENCE_PREFIX,
  type Reference,
} from '../widgets/fields/reference.ts';
export {
  type ChoicesQuestion,
  DEFAULT_CHOICES,
  linkChoices,
  MAX_CHOICES,
  MAX_SEARCH_LENGTH,
} from './choices.ts';
export { type FieldReference, MAX_FIELD_NAME } from './field-references.ts';
export { createLinkables, type Linkable, type Linkables, type LinkSearch } from './linkable.ts';
export { type Link, type LinkChanges, linkChanges, linksIn } from './links-in.ts';
export { MAX_RESOLVED_AT_ONCE, missingTargets, resolveReferences } from './resolve.ts';
export {
  copyLinks,
  DRAFT,
  readLinks,
  replaceDraftLinks,
  replaceLinks,
  writeDraftLinks,
} from './stored-links.ts';
export {
  type Deletable,
  type LinkedRefusal,
  type Linking,
  type LinkingDocument,
  type LinkQuestion,
  MAX_TOLD_LINKS,
  refuseIfLinked,
  whatLinksTo,
} from './what-links-to.ts';
