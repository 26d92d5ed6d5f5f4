/** Call-outs: pieces of content that pages share, each a document with a name. Node only. */
export { CALLOUT, CALLOUT_ROOT, type Callout, calloutOwner } from './callout.ts';
export { deleteCallout, renameCallout, type SeenCallout, undeleteCallout } from './change-callout.ts';
export { type ChangedCallout, createCallout, type NewCallout } from './create-callout.ts';
export { MAX_CALLOUT_NAME, MAX_CALLOUTS_LISTED, REMEMBERED_CALLOUT_BYTES } from './limits.ts';
export { type CalloutShowing, calloutLinkable } from './linkable.ts';
export { purgeCallout } from './purge-callout.ts';
export {
  type CalloutList,
  type CalloutQuestion,
  type ListedCallout,
  listCallouts,
  readCallout,
  readUses,
} from './read-callouts.ts';
export {
  CALLOUT_REFUSAL_CODES,
  type CalloutRefusal,
  type CalloutRefusalCode,
  type RefusedCallout,
} from './refusal.ts';
export { type ResolvingSite, resolveWithTrees } from './resolve-with-trees.ts';
export { type SharedWidgets, shareWidgets } from './share-widgets.ts';
export { type CalloutAuthor, type CalloutStore, type CalloutsOptions, openCallouts } from './store.ts';
