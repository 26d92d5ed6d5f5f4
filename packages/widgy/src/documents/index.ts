/** Documents: trees with a draft, commits and a history, kept in a database. Node only. */
export type { Owner } from '../database/owner.ts';
export { type Author, authorOf, trustedAuthor } from './author.ts';
export { type CloneRequest, cloneDocument } from './clone-document.ts';
export { collectTrees, countUnusedTrees } from './collect-trees.ts';
export { type CommitRequest, type Committed, commitDraft, type PublishTime } from './commits/commit-draft.ts';
export {
  type Commit,
  type CommitStatus,
  type HistoryPage,
  readCommit,
  readHistory,
} from './commits/history.ts';
export { type LiveDocument, readLive } from './commits/live.ts';
export { type RevertRequest, revertDocument } from './commits/revert-document.ts';
export { scheduleCommit } from './commits/schedule-commit.ts';
export { type Standing, type StandingCommit, standingOf } from './commits/standing.ts';
export { compareVersions, type ReadVersion, readVersion, type Version } from './commits/versions.ts';
export { type WithdrawRequest, withdrawDocument } from './commits/withdraw-document.ts';
export { type Created, createDocument, type DocumentStart, type NewDocument } from './create-document.ts';
export { deleteDocument } from './delete-document.ts';
export { type ChangeRequest, changeDraft } from './drafts/change-draft.ts';
export { changesSince, type FoundChanges } from './drafts/changes-since.ts';
export {
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  type DocumentState,
  type Draft,
  type HeadCommit,
  type RecentChange,
} from './drafts/draft.ts';
export type { Changed } from './drafts/make-change.ts';
export { type ReadDraft, readDraft } from './drafts/read-draft.ts';
export { readState, readStates } from './drafts/read-state.ts';
export { type ResetRequest, resetDraft } from './drafts/reset-draft.ts';
export { type RestoreRequest, restoreWidget } from './drafts/restore-widget.ts';
export { type UndoRequest, undoChange } from './drafts/undo-change.ts';
export type { DocumentEvent, DocumentEvents, DocumentHook, Events, PresenceEvent } from './events.ts';
export {
  DOCUMENT_FORMAT,
  type DocumentFile,
  type FiledCommit,
  formatDocumentFile,
  MAX_DOCUMENT_FILE_BYTES,
} from './files/document-file.ts';
export { type Exported, exportDocument } from './files/export-document.ts';
export {
  type Imported,
  type ImportFinding,
  type ImportRefusal,
  type ImportRequest,
  importDocument,
  type RefusedImport,
} from './files/import-document.ts';
export {
  type Inspection,
  inspectTree,
  type TreeFinding,
  type TreeFindingCode,
} from './files/inspect-tree.ts';
export {
  type FileLimits,
  type FileProblem,
  type FileProblemCode,
  type ParsedDocumentFile,
  parseDocumentFile,
} from './files/parse-document-file.ts';
export {
  FOLD_AFTER,
  KEPT_CHANGES,
  MAX_HISTORY_PAGE,
  MAX_KEY_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_OPERATIONS,
  MAX_ORPHANS,
  MAX_OWNER_LENGTH,
  MAX_PRESENT,
  MAX_PRESENT_OF_AUTHOR,
  PRESENCE_MS,
} from './limits.ts';
export { findByOwner, giveTo, listOrphans } from './owners.ts';
export { endPresence } from './presence/end-presence.ts';
export { type PresentClient, readPresence } from './presence/read-presence.ts';
export { type PresenceRequest, type Present, tellPresence } from './presence/tell-presence.ts';
export {
  DOCUMENT_REFUSAL_CODES,
  type DocumentRefusal,
  type DocumentRefusalCode,
  type RefusedDocument,
} from './refusal.ts';
export type { Repeatable } from './request.ts';
export { type DocumentOptions, type DocumentStore, openDocuments } from './store.ts';
