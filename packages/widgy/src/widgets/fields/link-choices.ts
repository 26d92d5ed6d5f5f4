import type { JsonObject } from '../../tree/json.ts';
import type { Tree } from '../../tree/tree.ts';

/** One thing that links can point at, as people see it. */
export interface LinkTarget {
  /** See `isId`. */
  readonly id: string;
  readonly label: string;
  /** Its address; undefined for what has none at present, such as a page that is not published. */
  readonly url: string | undefined;
  /** What templates may know of it beside, such as the width and height of a picture: `fields.picture.data.width`. */
  readonly data?: JsonObject;
  /** What a template can show in the place of the link, as `{% render_root fields.callout.tree %}`: a tree that several pages share. */
  readonly tree?: Tree;
}

/** What somebody may choose from for a link: the things of one type. Plain data. */
export interface LinkGroup {
  readonly type: string;
  /** What things of this type are called. */
  readonly label: string;
  readonly targets: readonly LinkTarget[];
}
