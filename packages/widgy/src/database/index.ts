/** Opening and migrating the database of a site, and the trees, operations and commits in it. Node only. */
export { type Appended, appendChange, type NewChange, type RequestKey } from './changes.ts';
export {
  BUSY_RETRY_MS,
  type Database,
  type Queries,
  type Snapshot,
  type Statement,
  type StatementListener,
} from './database.ts';
export { readGeneration } from './generation.ts';
export {
  createGenerationReader,
  GENERATION_MS,
  GENERATION_PAUSE_MS,
  type GenerationReader,
} from './generation-reader.ts';
export { type LiveCommit, type LiveQuestion, readLiveCommit } from './live-commit.ts';
export { migrate, pendingMigrations } from './migrate.ts';
export { type DatabaseOptions, openDatabase } from './open-database.ts';
export type { Tables } from './tables.ts';
export type { Timers } from './timers.ts';
export { readTree, type StoredTree, saveTree } from './trees.ts';
