/** Opening and migrating the database of a site, and the trees, operations and commits in it. Node only. */
export {
  BUSY_RETRY_MS,
  type Database,
  type Queries,
  type Statement,
  type StatementListener,
} from './database.ts';
export { type LiveQuestion, type LiveTree, readLiveTree } from './live-tree.ts';
export { migrate, pendingMigrations } from './migrate.ts';
export { type DatabaseOptions, openDatabase } from './open-database.ts';
export { type Appended, appendOperation, type NewOperation } from './operations.ts';
export type { Tables } from './tables.ts';
export { readTree, type StoredTree, saveTree } from './trees.ts';
