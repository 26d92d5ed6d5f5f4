import type { ColumnType, Generated } from 'kysely';

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
  readonly presence: PresenceTable;
  readonly settings: SettingsTable;
  readonly users: UsersTable;
  readonly roles: RolesTable;
  readonly user_roles: UserRolesTable;
  readonly sessions: SessionsTable;
  readonly tokens: TokensTable;
  readonly attempts: AttemptsTable;
  readonly leases: LeasesTable;
  readonly generations: GenerationsTable;
  readonly pages: PagesTable;
  readonly page_menus: PageMenusTable;
  readonly redirects: RedirectsTable;
  readonly page_texts: PageTextsTable;
  readonly media: MediaTable;
  readonly media_claims: MediaClaimsTable;
  readonly callouts: CalloutsTable;
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

/** Who is at which document: a row for each tab that said so. It is over some time after it was said last, and is then taken away. */
export interface PresenceTable {
  readonly document: Fixed<string>;
  /** The id that the tab made for itself. */
  readonly client: Fixed<string>;
  /** Whose it is; null where nobody is known. */
  readonly author: Fixed<string | null>;
  /** The id of the widget that they are at; null for none. It need not be in the draft that is kept. */
  readonly widget: string | null;
  /** When it was said last. */
  readonly seen_at: number;
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

/** People who may sign in. They are people of the database: `user_roles` says what they may do at which site. */
export interface UsersTable {
  readonly id: Fixed<string>;
  /** The address as it was typed. */
  readonly email: string;
  /** The address in the form that is compared: NFKC, lower case. */
  readonly email_key: string;
  readonly name: string;
  /** The name in the form that is searched: NFKC, lower case. */
  readonly name_key: string;
  /** Argon2id, as PHC text; null for somebody who has set no password yet. */
  readonly password_hash: string | null;
  /** 1 where the password was made for the user, who is to choose another one. */
  readonly must_change_password: number;
  /** When a password that was made for the user can be used no more; null for one of their own. */
  readonly password_expires_at: number | null;
  /** 0 for somebody who may not sign in. */
  readonly is_active: number;
  /** The language of the interface, a BCP 47 tag; null for the one that the browser asks for. */
  readonly language: string | null;
  /** Counts changes of the row by people, from 1: what a change was made for is compared with it. */
  readonly revision: number;
  /** Counts changes of the roles, of the password and of whether the user is active, from 1. */
  readonly rights_revision: number;
  readonly created_at: Fixed<number>;
  readonly last_sign_in_at: number | null;
}

/** The roles that people made. Those that are built in have no rows. */
export interface RolesTable {
  /** Unique; it never changes, since `user_roles` holds it. */
  readonly name: Fixed<string>;
  readonly label: string;
  /** The names of its permissions, as a JSON list. */
  readonly permissions: string;
  /** Counts how often it was written, from 1. */
  readonly revision: number;
}

/** Who has which role at which site. */
export interface UserRolesTable {
  readonly user_id: Fixed<string>;
  /** The id of a site, or `*` for all. */
  readonly site: Fixed<string>;
  /** The name of a role, built in or with a row. */
  readonly role: Fixed<string>;
}

/**
 * Sessions, of visitors who are signed in and of others. The token that a browser has is not in here. A session never changes its user:
 * whoever signs in gets another one.
 */
export interface SessionsTable {
  /** SHA-256 of its token, in hexadecimal digits. */
  readonly id_hash: Fixed<string>;
  /** Who is signed in; null for nobody. */
  readonly user_id: Fixed<string | null>;
  /** What the server keeps in it, as JSON. */
  readonly data: string;
  /** How it was proved who it is: `password`, `totp` or `passkey`. Null where nobody is signed in. */
  readonly assurance: Fixed<string | null>;
  /** The `rights_revision` of the user when the session began. */
  readonly rights_revision: Fixed<number | null>;
  readonly created_at: Fixed<number>;
  /** When it was used last, to the minute. */
  readonly seen_at: number;
  /** When it was ended. The row stays for a while, so that a request that is still going on does not bring it back. */
  readonly ended_at: number | null;
  /** When another session took its place; it can be read for a little longer, for requests that were sent before. */
  readonly replaced_at: number | null;
  /** Where it began: for the list that its user sees. */
  readonly address: Fixed<string | null>;
  readonly agent: Fixed<string | null>;
}

/** What was mailed to people, so that they set a password. */
export interface TokensTable {
  /** SHA-256 of the token, in hexadecimal digits. */
  readonly hash: Fixed<string>;
  /** `reset` or `invite`. */
  readonly kind: Fixed<string>;
  readonly user_id: Fixed<string>;
  readonly created_at: Fixed<number>;
  readonly expires_at: Fixed<number>;
  /** When it was used, or made useless by another; null while it is open. */
  readonly used_at: number | null;
}

/** How often something was tried, in windows of time. What the key stands for cannot be read from it. */
export interface AttemptsTable {
  /** SHA-256 of what is counted, such as the signing in of one account. */
  readonly key_hash: Fixed<string>;
  readonly window_start: number;
  readonly count: number;
}

/** Jobs that one server does for all, one row for each: who does it now, and when it was done. */
export interface LeasesTable {
  /** The name of the job. */
  readonly name: Fixed<string>;
  /** What the server that does it calls itself; null while nobody does it, as the two times after it. */
  readonly holder: string | null;
  /** Counts how often it was taken, from 0: what still works under an older lease can be told by it. */
  readonly token: number;
  /** When the holder was heard of last. */
  readonly renewed_at: number | null;
  /** From when on another server may take it. */
  readonly expires_at: number | null;
  /** When it ended last; null before that. */
  readonly last_run_at: number | null;
  /** 1 if it failed then. */
  readonly has_failed: number;
}

/**
 * Numbers that grow with everything that is written and that visitors can see. Triggers count them, so they are never written
 * otherwise.
 */
export interface GenerationsTable {
  /** A site, or `*` for what belongs to no site in particular, such as commits. */
  readonly site: Fixed<string>;
  readonly number: Fixed<number>;
}

/**
 * The pages of a site: a tree. What is in the bin stays in it with its place and its last address, but nothing below a page that is
 * there is in the bin alone, and nothing that is there is below one that is in the bin.
 */
export interface PagesTable {
  readonly id: Fixed<string>;
  readonly site: Fixed<string>;
  /** The page that it stands below; null at the top. */
  readonly parent: string | null;
  /** Its place among those with the same parent: they are in the order of it. There may be gaps. */
  readonly position: number;
  /** How far it is from the top, where it is 1. It follows from the parents, as do `path` and `is_protected`. */
  readonly depth: number;
  /** `page` for one with a document, `link` for one that leads to its target. */
  readonly kind: Fixed<string>;
  readonly title: string;
  /** The words of the title in the form in which they are searched. */
  readonly title_key: string;
  /** Its part of the address; empty for the home page alone. */
  readonly slug: string;
  /** Its address: the slugs from the top to it, with `/` between them. At most 500 characters; unique among pages that are not in the bin. */
  readonly path: string;
  /** Of a link page: an address or a reference. Null for others. */
  readonly target: string | null;
  /** Which template shows it; null for that of the site. */
  readonly template: string | null;
  /** Null where it was deleted without the page. */
  readonly document: string | null;
  /** What answers for addresses below that of the page; null for pages alone. */
  readonly mount: string | null;
  readonly is_listed_in_sitemap: Generated<number>;
  /** 1 where only people who are signed in see it and what is below it. */
  readonly needs_sign_in: Generated<number>;
  /** 1 where it or a page above it needs signing in. */
  readonly is_protected: Generated<number>;
  /** 0 where search engines are asked not to list it. */
  readonly is_indexed: Generated<number>;
  /** Of a link page: from when on it is shown. Commits say it of others. */
  readonly published_at: number | null;
  /** From when on it is not shown any more. */
  readonly expires_at: number | null;
  /** Empty where it is to be made from the page. */
  readonly meta_title: string;
  readonly meta_description: string;
  /** When it was put into the bin; null for what is there. */
  readonly deleted_at: number | null;
  /** The page with which it was put there: itself, or one above it. They come back together. */
  readonly deleted_with: string | null;
  /** Counts how often somebody changed it, from 1. */
  readonly revision: number;
  readonly created_at: Fixed<number>;
  readonly updated_at: number;
  /** Who changed it last; null where nobody is known. */
  readonly author: string | null;
}

/** Which menus a page is in. */
export interface PageMenusTable {
  readonly page: Fixed<string>;
  readonly menu: Fixed<string>;
}

/** Addresses that lead elsewhere. Where a page has the address, there is no row. */
export interface RedirectsTable {
  readonly id: Fixed<string>;
  readonly site: Fixed<string>;
  /** Written as the path of a page; at most 500 characters. */
  readonly from_path: string;
  /** Where it leads. Where both are null, what was there is gone for good. */
  readonly target_page: string | null;
  readonly target: string | null;
  /** 1 where it was made because a page got another address. */
  readonly is_automatic: Generated<number>;
  readonly revision: number;
  readonly created_at: Fixed<number>;
  readonly author: string | null;
}

/**
 * What is searched of pages: a row for each commit that is shown or will be. The words that are searched are beside it: in SQLite in
 * the table `page_words`, in PostgreSQL in the column `words`.
 */
export interface PageTextsTable {
  readonly id: Generated<number>;
  readonly page: Fixed<string>;
  /** The number of the commit. */
  readonly version: Fixed<number>;
  /** The text that visitors read, from which what surrounds a hit is cut. */
  readonly text: Fixed<string>;
}

/** Pictures and documents that people uploaded. Their bytes are not here, but in the storage of media. */
export interface MediaTable {
  readonly id: Fixed<string>;
  readonly site: Fixed<string>;
  /** What people call it. It is only shown: what is stored has other names. */
  readonly name: string;
  /** What stands in the place of a picture for those who do not see it; empty where nothing is to. */
  readonly alt: string;
  /** Name and alt text as they are searched in. */
  readonly search: string;
  readonly kind: Fixed<'image' | 'document'>;
  /** The type of the original as it is kept, such as `image/png`. */
  readonly type: Fixed<string>;
  /** SHA-256 of the original as it is kept, in hexadecimal. Everything of it is stored under `media/HASH/`, for all rows with this hash. */
  readonly hash: Fixed<string>;
  /** The last part of the name under which the original is stored. */
  readonly file: Fixed<string>;
  /** Of the original in pixels; both null for documents. */
  readonly width: Fixed<number | null>;
  readonly height: Fixed<number | null>;
  /** The size of the original. */
  readonly bytes: Fixed<number>;
  /** The other sizes of a picture as a JSON list of `{ file, type, width, height, bytes }`; `[]` for documents. */
  readonly renditions: Fixed<string>;
  /** The point of a picture that matters most, in thousandths of its width and height; null where nobody said. Nothing uses it yet. */
  readonly focal_x: number | null;
  readonly focal_y: number | null;
  /** When it was put into the bin; null for what is not there. */
  readonly deleted_at: number | null;
  /** Counts the changes of the row, from 1. */
  readonly revision: number;
  readonly created_at: Fixed<number>;
  /** Who uploaded it; null where nobody is known. */
  readonly author: Fixed<string | null>;
  /** When and by whom it was changed last; for what never was, as it was uploaded. */
  readonly changed_at: number;
  readonly changed_by: string | null;
}

/** Who is at the bytes of media: an upload that stores them, or what takes them away as unused. */
export interface MediaClaimsTable {
  /** Of the original, as in `media`. */
  readonly hash: Fixed<string>;
  /** 1 for what takes away, 0 for an upload. */
  readonly is_removal: number;
  /** When it ends by itself. */
  readonly until: number;
}

/** The call-outs of sites: pieces of content that pages share. */
export interface CalloutsTable {
  /** At most 100 characters, so that references can name it. */
  readonly id: Fixed<string>;
  readonly site: Fixed<string>;
  /** Unique at a site among those that are not in the bin. */
  readonly name: string;
  /** The name in the form that is compared and searched: NFKC, lower case. */
  readonly name_key: string;
  /** What it shows; null where that was deleted without it. */
  readonly document: string | null;
  /** When it was put into the bin; null for what is there. */
  readonly deleted_at: number | null;
  /** Counts how often somebody changed the row, from 1. */
  readonly revision: number;
  readonly created_at: Fixed<number>;
  readonly updated_at: number;
  /** Who changed it last; null where nobody is known. */
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
