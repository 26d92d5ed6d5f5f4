import type { en } from './en/index.ts';

/** The shape of texts, whatever they say: functions keep what they are told. */
type Widened<Texts> = Texts extends string
  ? string
  : Texts extends (...told: infer Told) => string
    ? (...told: Told) => string
    : { readonly [Name in keyof Texts]: Widened<Texts[Name]> };

/**
 * All texts of the editor in one language, in groups. A text that depends on something is a function of an object that names it. English
 * says which texts there are; each other language has the same.
 */
export type Words = Widened<typeof en>;
