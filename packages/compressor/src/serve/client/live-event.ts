/** What the server tells the pages that are open. */
export type LiveEvent =
  /** A style sheet has new content: `folder` is its signed recipe, `file` its new name. */
  | { readonly type: 'style'; readonly folder: string; readonly file: string }
  | { readonly type: 'reload' }
  /** All that is broken now; an empty list takes the overlay away. */
  | { readonly type: 'problems'; readonly problems: readonly LiveProblem[] };

/** An error as the overlay shows it. */
export interface LiveProblem {
  readonly title: string;
  readonly place: string;
  readonly frame: string;
  readonly help: string;
}
