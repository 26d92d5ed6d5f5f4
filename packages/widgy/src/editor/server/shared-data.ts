import type { JsonValue } from '../../tree/json.ts';

/** A call-out, as whoever edits what shows it is told of it. */
export interface SharedCallout {
  readonly name: string;
  /** In how many documents it is used: in their drafts, or in what of them visitors see or are to see. */
  readonly uses: number;
  /** Whether visitors see something of it. */
  readonly isShown: boolean;
  /** Where it is edited; null for whoever may not. */
  readonly editor: string | null;
}

/** Some call-outs by their ids, what `EditorUrls.shared` gives. Those that are not there, or are in the bin, are left out. */
export interface SharedCallouts {
  readonly callouts: Readonly<Record<string, SharedCallout>>;
}

/** One call-out, with all that uses it. */
export interface SharedDetails extends SharedCallout {
  /** By name; at most 100 of them. */
  readonly places: readonly SharedPlace[];
  /**
   * What a copy of it has, as `parseTree` reads it, under a root that is left behind: what visitors see, or its draft where they see nothing
   * and whoever asks may edit it. Null where there is neither.
   */
  readonly tree: JsonValue;
}

/** Something that uses a call-out. */
export interface SharedPlace {
  /** Null for what is no page and no call-out of this site. */
  readonly name: string | null;
  /** The address of a page, to be read: `/about/us`; null for others. */
  readonly address: string | null;
  /** Where it is edited; null where whoever asks may not go there. */
  readonly url: string | null;
}

/** What was made of widgets that are shared now. */
export interface MadeCallout extends SharedCallout {
  readonly id: string;
}
