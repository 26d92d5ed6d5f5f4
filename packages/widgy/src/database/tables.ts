import type { ColumnType } from 'kysely';

/**
 * A column that is written once, with its row.
 */
type Fixed<T> = ColumnType<T, T, never>;

/**
 * Everything in the database. The types here and the migrations say the same; a test of each database reads every
 * column.
 *
 * What holds for all tables:
 *
 * - **Times** are whole milliseconds since 1970 in UTC, as `Date.now()` gives them: `integer` in SQLite, `bigint`
 *   in PostgreSQL. So they order as numbers on both, and need no time zone. What came first is never decided by a
 *   time, but by a number that is counted in the database.
 * - **JSON** is text on both, never `jsonb`: what is read is what was written, byte for byte, as hashes and ETags
 *   need it. What is searched for has a column of its own.
 * - **Ids** of documents are UUIDs as text, made by whoever inserts the row. Ids and keys have at most 128
 *   characters (the `check` of each column says so), so that they fit into an index of either database.
 */
export interface Tables {
  readonly trees: TreesTable;
  readonly documents: DocumentsTable;
  readonly commits: CommitsTable;
  readonly operations: OperationsTable;
  readonly links: LinksTable;
  readonly settings: SettingsTable;
  readonly widgy_migrations: MigrationsTable;
}

/** Trees by content hash. Immutable, and shared by all commits and drafts that have the same content. */
export interface TreesTable {
  /** The content hash of the root. */
  readonly hash: Fixed<string>;
  /** The tree as canonical JSON: the same bytes wherever the hash is the same. */
  readonly content: Fixed<string>;
  readonly created_at: Fixed<number>;
}

/** Documents: each a draft and a chain of commits. */
export interface DocumentsTable {
  readonly id: Fixed<string>;
  /** What kind of thing owns the document, such as `page`. All three are null for a document without an owner. */
  readonly owner_type: string | null;
  /** Which one owns it. */
  readonly owner_id: string | null;
  /** In which field the owner holds it: an owner may have several documents, but one in each field. */
  readonly owner_field: string | null;
  /** The number of the newest commit; null before the first. */
  readonly head: number | null;
  /** The tree that the draft's changes start from. */
  readonly draft_base: string;
  /** The number of the last change that is already in `draft_base`. */
  readonly draft_base_sequence: number;
  /** The number of the last accepted change, 0 before the first. It only grows, through commits and resets too. */
  readonly draft_sequence: number;
  /** The content hash of the draft as it is now. That tree itself is not kept, save where it is `draft_base`. */
  readonly draft_hash: string;
  readonly created_at: Fixed<number>;
}

/**
 * Commits, numbered from 1 in each document. Of those that are ready, the one with the highest number is live: a
 * commit made later wins over an earlier one, whatever their publish times.
 */
export interface CommitsTable {
  readonly document: Fixed<string>;
  readonly number: Fixed<number>;
  /** The number of the commit before, in the same document; null for the first. */
  readonly parent: Fixed<number | null>;
  /** The hash of its tree. A commit never copies a tree. */
  readonly tree: Fixed<string>;
  /** Who made it; null where nobody is known. */
  readonly author: Fixed<string | null>;
  readonly message: Fixed<string>;
  /** From when on it is ready; null for one that is kept and not to be shown. */
  readonly publish_at: number | null;
  /** Who approved it, and when: both, or neither. Counts only where review is on. */
  readonly approved_by: string | null;
  readonly approved_at: number | null;
  /**
   * 1 for a commit that takes the document off the site from its publish time on: when it is the live one, nothing
   * is shown. Its tree is that of its parent. 0 for all others.
   */
  readonly is_withdrawal: Fixed<number>;
  readonly request_key: Fixed<string | null>;
  readonly request_hash: Fixed<string | null>;
  readonly created_at: Fixed<number>;
}

/**
 * The log of each draft: the changes that were accepted, in the order in which they were. The newest of them are kept, those that
 * `draft_base` does not hold among them.
 *
 * A change, like a commit, is kept with the key that its client made up for the request, and with a hash of the request: so the
 * same request that comes again is answered, and not done again, for as long as what it did is kept.
 */
export interface OperationsTable {
  readonly document: Fixed<string>;
  /** From 1, without gaps in what is kept. */
  readonly sequence: Fixed<number>;
  /** Its operations as a JSON list, in their order: they are done together, and undone together. */
  readonly operations: Fixed<string>;
  /** The operations that undo it, as a JSON list, in the order in which they are to be done. */
  readonly inverses: Fixed<string>;
  /** What it came from, such as `edit` or `undo`. */
  readonly kind: Fixed<string>;
  /** For an undo: the sequence number of what it undoes. */
  readonly undoes: Fixed<number | null>;
  readonly author: Fixed<string | null>;
  readonly request_key: Fixed<string | null>;
  readonly request_hash: Fixed<string | null>;
  readonly created_at: Fixed<number>;
}

/** What links where: one row for each link in a draft or a commit. */
export interface LinksTable {
  readonly document: Fixed<string>;
  /** The number of the commit the link is in, or 0 for the draft. */
  readonly version: Fixed<number>;
  /** The id of the widget that holds the link. */
  readonly widget: Fixed<string>;
  /** The widget's field. */
  readonly field: Fixed<string>;
  /** What kind of thing it points at, such as `page`. */
  readonly target_type: Fixed<string>;
  readonly target_id: Fixed<string>;
}

/** The values of settings, by site. A row stays when a setting is put back to its default, so that its revisions go on. */
export interface SettingsTable {
  readonly site: Fixed<string>;
  readonly name: Fixed<string>;
  /** As JSON; null where the default is meant. */
  readonly value: string | null;
  /** Counts how often the row was written, from 1: what a change was made for is compared with it. */
  readonly revision: number;
  readonly updated_at: number;
  /** Who wrote it last; null where nobody is known. */
  readonly author: string | null;
}

/** The migrations that this database has had. */
export interface MigrationsTable {
  /** Its place in the list, from 1. */
  readonly position: Fixed<number>;
  readonly name: Fixed<string>;
  /** SHA-256 of the migration's SQL. */
  readonly checksum: Fixed<string>;
  readonly applied_at: Fixed<number>;
}
