/** One thing that links can point at, as people see it. */
export interface LinkTarget {
  /** See `isId`. */
  readonly id: string;
  readonly label: string;
  /** Its address; undefined for what has none at present, such as a page that is not published. */
  readonly url: string | undefined;
}

/** What somebody may choose from for a link: the things of one type. Plain data. */
export interface LinkGroup {
  readonly type: string;
  /** What things of this type are called. */
  readonly label: string;
  readonly targets: readonly LinkTarget[];
}
