import type { JsonObject } from '../../tree/json.ts';
import type { Tree } from '../../tree/tree.ts';

/** One thing that links can point at, as people see it. */
export interface LinkTarget {
  /** See `isId`. */
  readonly id: string;
  readonly label: string;
  /** Its address; undefined for what has none at present, such as a page that is not published. */
  readonly url: string | undefined;
  /** There if only people who are signed in see it: strangers are told neither its name nor its address. */
  readonly needsSignIn?: true;
  /** A small picture of it; there for what can be shown as a picture, and for nothing else. */
  readonly picture?: LinkPicture;
  /** What templates may know of it beside, such as the width and height of a picture: `fields.picture.data.width`. */
  readonly data?: JsonObject;
  /** The document that is edited where it is; there for what has one, among choices and nowhere else. */
  readonly document?: string;
  /** What a template can show in the place of the link, as `{% render_root fields.callout.tree %}`: a tree that several pages share. */
  readonly tree?: Tree;
}

/** A picture by which people recognise something they may choose. */
export interface LinkPicture {
  readonly url: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
}

/** Which things the references of a field may point at. Without anything in it, all that can have an address. */
export interface ReferenceTargets {
  /** Only things of these types. */
  readonly types?: readonly string[];
  /** Only what can be shown as a picture. */
  readonly isPicture?: true;
  /** There where an address may not stand in the place of a reference. */
  readonly isOnly?: true;
}

/** What somebody may choose from for a link: the things of one type. Plain data. */
export interface LinkGroup {
  readonly type: string;
  /** What things of this type are called. */
  readonly label: string;
  readonly targets: readonly LinkTarget[];
  /** There if none of them ever has an address: then they are offered where a field takes their type by its name. */
  readonly hasAddresses?: false;
  /** There if there are more than these. */
  readonly hasMore?: true;
}
