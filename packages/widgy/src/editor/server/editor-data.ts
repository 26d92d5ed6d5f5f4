import type { HeadCommit } from '../../documents/drafts/draft.ts';
import type { JsonValue } from '../../tree/json.ts';
import type { SiteDescription } from '../../widgets/site-description.ts';
import type { CheckImpact } from '../check/check-message.ts';
import type { FileTaking } from './media-data.ts';

/** The id of the element in the page of the editor that holds {@link EditorData} as JSON. Its `nonce` is the one for styles that are made in the browser. */
export const EDITOR_DATA_ID = 'editor-data';

/** The id of the element that the editor is shown in. */
export const EDITOR_ID = 'editor';

/**
 * All that the editor begins with, so that it asks for nothing before it is first seen. The types and limits are those of `GET /site` of the
 * API. It is of one person and one draft, and of no tab.
 */
export interface EditorData extends SiteDescription {
  /** Where the JSON API is: `/api/widgy`. */
  readonly api: string;
  /** Where the administration is: `/admin`. */
  readonly admin: string;
  /** What the site is called. */
  readonly siteName: string;
  /** The id of the document. */
  readonly document: string;
  /** The number of the change that `tree` is after: what the next change says as `after`. */
  readonly sequence: number;
  /** The draft, as `parseTree` reads it. */
  readonly tree: JsonValue;
  readonly state: EditorState;
  readonly me: EditorPerson;
  readonly page: EditorPage;
  /** Whether they may change the draft at all. What they may do with widgets of a type is said with the type. */
  readonly mayEdit: boolean;
  /** Whether they may change what visitors see. */
  readonly mayPublish: boolean;
  /** Findings of the check of accessibility that keep the editor from publishing: of this impact, or a worse one; null for none. */
  readonly accessibilityGate: CheckImpact | null;
  /** How files are added to the media of the site; null for who may not add any. */
  readonly files: FileTaking | null;
  /** The type of the root of call-outs, for whoever may make one; null for others, and where the site has none. */
  readonly calloutRoot: string | null;
  /** What the references in the tree are called, by their text: `widgy:page/42`. One that leads nowhere is not in it. */
  readonly referenceLabels: Readonly<Record<string, string>>;
}

/** What the document is at. */
export interface EditorState {
  /** Its newest commit; null before the first. */
  readonly head: HeadCommit | null;
  /** Whether the draft is not what the newest commit has. */
  readonly hasChanges: boolean;
  /** The content hash of the draft. */
  readonly hash: string;
  /** The number of the commit that visitors see; null where they see nothing. */
  readonly live: number | null;
}

/** Who edits. */
export interface EditorPerson {
  readonly id: string;
  readonly name: string;
  /** The language that they chose, of those that the editor speaks: `en`; null where they chose none. */
  readonly language: string | null;
}

/** What the document belongs to. */
export interface EditorPage {
  readonly kind: 'page' | 'callout';
  /** The title of the page, or the name of the call-out. */
  readonly title: string;
  /** The address of the page, to be read: `/about/us`; null for a call-out, which has none. */
  readonly address: string | null;
  /** Whether visitors see some version of it. */
  readonly isShown: boolean;
  readonly urls: EditorUrls;
}

/** Where other things about the document are. All are addresses for GET, with nothing behind `?`, unless it says otherwise. */
export interface EditorUrls {
  /** The draft as its page shows it, with hooks, for a frame. It takes `?version=`, `draft` or the number of a commit, and `?heard=yes`. */
  readonly preview: string;
  /** The HTML of some of its widgets, at most 50: {@link PreviewParts}. It takes `?widget=ID&widget=ID`. */
  readonly parts: string;
  /** The draft as a page in which axe runs, for a frame: it posts `CheckMessage` of `editor/check`. */
  readonly check: string;
  /** What its widgets cost: {@link WidgetCosts}. */
  readonly costs: string;
  /**
   * How often call-outs are used: `SharedCallouts`. It takes `?callout=ID&callout=ID`, at most 100. With `/ID` behind it, it is about one:
   * `SharedDetails`. POST makes one, `MadeCallout`: with a form of `id`, `name`, each `widget`, and the token of the page.
   */
  readonly shared: string;
  /** Where the call-out that is edited is used: `SharedDetails`; null for a page. */
  readonly uses: string | null;
  /** The path without scripts: outline, forms, publishing. */
  readonly content: string;
  readonly history: string;
  /** The differences of two versions, as a page. It takes `?from=N&to=draft`. */
  readonly compare: string;
  /** Where it is published without scripts, a place in the page of `content`. */
  readonly publish: string;
  /** The list of what it belongs to: all pages, or all call-outs. */
  readonly pages: string;
  /** What the page is called, where it stands and who sees it, as a form. */
  readonly details: string;
  /** The page on the site; null for a call-out, and where visitors see nothing. */
  readonly view: string | null;
}

/**
 * Widgets as the preview of the draft shows them, never older than what was acknowledged before it was asked for. One whose parent does not
 * show it as markup has a part too, which the preview has no place for: then a part of its nearest ancestor in the page is the one to take.
 */
export interface PreviewParts {
  /** The number of the change that they are after. */
  readonly sequence: number;
  /** By the id of the widget. */
  readonly parts: Readonly<Record<string, PreviewPart>>;
  /** Of those that were asked for, the ids that are not in the draft. */
  readonly missing: readonly string[];
}

/** A widget as the preview of the draft shows it. */
export interface PreviewPart {
  /** With hooks and without scripts, as the preview has it, and without a nonce: what in it needs one needs that of the preview. */
  readonly html: string;
  /** Milliseconds that rendering it took, with all below it. */
  readonly ms: number;
}

/** What the widgets of a draft cost whoever visits its page. */
export interface WidgetCosts {
  /** The number of the change that they are after. */
  readonly sequence: number;
  /** By type, for those in the draft. */
  readonly types: Readonly<Record<string, TypeCost>>;
  /** Milliseconds that rendering each widget for visitors took without what stands in it, by its id. */
  readonly ms: Readonly<Record<string, number>>;
}

/**
 * What a type ships to visitors, in bytes: its own style and script, minified and with Brotli as a release has them, each weighed by itself.
 * 0 where it has none, null where it cannot be built on this server. In the files of a page they weigh less, since they share them.
 */
export interface TypeCost {
  readonly style: number | null;
  /** With all that it imports. */
  readonly script: number | null;
}
