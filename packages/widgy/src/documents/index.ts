/** Documents: trees with a draft, commits and a history, kept in a database. Node only. */
export type { Owner } from '../database/owner.ts';
export { type Author, authorOf, trustedAuthor } from './author.ts';
export { type ChangeRequest, changeDraft } from './change-draft.ts';
export { changesSince, type FoundChanges } from './changes-since.ts';
export { type CloneRequest, cloneDocument } from './clone-document.ts';
export { collectTrees, countUnusedTrees } from './collect-trees.ts';
export { type CommitRequest, type Committed, commitDraft, type PublishTime } from './commit-draft.ts';
export { type Created, createDocument, type DocumentStart, type NewDocument } from './create-document.ts';
export { deleteDocument } from './delete-document.ts';
export {
  DOCUMENT_FORMAT,
  type DocumentFile,
  type FiledCommit,
  formatDocumentFile,
  MAX_DOCUMENT_FILE_BYTES,
} from './document-file.ts';
export {
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  type DocumentState,
  type Draft,
  type HeadCommit,
  type RecentChange,
} from './draft.ts';
export type { DocumentEvent, DocumentEvents, DocumentHook } from './events.ts';
export { type Exported, exportDocument } from './export-document.ts';
export { type Commit, type CommitStatus, type HistoryPage, readCommit, readHistory } from './history.ts';
export {
  type Imported,
  type ImportFinding,
  type ImportRefusal,
  type ImportRequest,
  importDocument,
  type RefusedImport,
} from './import-document.ts';
export { type Inspection, inspectTree, type TreeFinding, type TreeFindingCode } from './inspect-tree.ts';
export {
  FOLD_AFTER,
  KEPT_CHANGES,
  MAX_HISTORY_PAGE,
  MAX_KEY_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_OPERATIONS,
  MAX_ORPHANS,
  MAX_OWNER_LENGTH,
} from './limits.ts';
export { type LiveDocument, readLive } from './live.ts';
export type { Changed } from './make-change.ts';
export { findByOwner, giveTo, listOrphans } from './owners.ts';
export {
  type FileLimits,
  type FileProblem,
  type FileProblemCode,
  type ParsedDocumentFile,
  parseDocumentFile,
} from './parse-document-file.ts';
export { type ReadDraft, readDraft } from './read-draft.ts';
export { readState, readStates } from './read-state.ts';
export {
  DOCUMENT_REFUSAL_CODES,
  type DocumentRefusal,
  type DocumentRefusalCode,
  type RefusedDocument,
} from './refusal.ts';
export type { Repeatable } from './request.ts';
export { type ResetRequest, resetDraft } from './reset-draft.ts';
export { type RestoreRequest, restoreWidget } from './restore-widget.ts';
export { type RevertRequest, revertDocument } from './revert-document.ts';
export { scheduleCommit } from './schedule-commit.ts';
export { type DocumentOptions, type DocumentStore, openDocuments } from './store.ts';
export { type UndoRequest, undoChange } from './undo-change.ts';
export { compareVersions, type ReadVersion, readVersion, type Version } from './versions.ts';
export { type WithdrawRequest, withdrawDocument } from './withdraw-document.ts';
