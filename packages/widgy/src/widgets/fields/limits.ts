import type { Sanitisers } from './sanitise.ts';

/** How much a submitted form may hold. What goes over is refused; nothing is cut off in silence. */
export interface FormLimits {
  /** Names with values, as browsers send them. */
  readonly entries: number;
  /** UTF-16 units of all names and values together. */
  readonly units: number;
  /** Items in one list. */
  readonly items: number;
}

/** The limits of forms where none are given. */
export const DEFAULT_FORM_LIMITS: FormLimits = {
  entries: 10_000,
  units: 4 * 1024 * 1024,
  items: 500,
};

/**
 * UTF-16 units of one text that holds markup, by what makes it harmless: as it comes in, and as it is kept. There are texts with which
 * reading markup takes long: the worst that is known take about half a second at this length.
 */
export const MAX_MARKUP_LENGTH = {
  richText: 100_000,
  markdown: 50_000,
} as const satisfies Readonly<Record<keyof Sanitisers, number>>;

/** Lists inside one another in the fields of a widget: more make a form that nobody can use. */
export const MAX_LIST_DEPTH = 4;
