import type { JsonValue } from '../../tree/json.ts';
import type { Control } from './control.ts';
import type { Html } from './html.ts';
import type { ReferenceTargets } from './link-choices.ts';
import type { Sanitisers } from './sanitise.ts';

/**
 * What values a field has, and so what can be sent for it: one text, a number, a yes or no, one of several, several of several,
 * a list of items with fields of their own, or anything that a kind of the site reads from one text.
 */
export type Shape = 'text' | 'number' | 'flag' | 'choice' | 'choices' | 'list' | 'own';

/** How fields of one kind are edited, beyond what their schema says. */
export interface FieldKind {
  readonly shape: Shape;
  /** Says what is wrong with a value that fits its schema; undefined if nothing is. */
  check?(value: JsonValue): string | undefined;
  /** Whether a value may be a reference, `widgy:page/42`: then what it points at is known to link to it. */
  readonly takesReferences?: boolean;
  /** Which things its references may point at. Default: all that can have an address. */
  readonly takes?: ReferenceTargets;
  /** What is said below every field of this kind, beside its own help. */
  readonly help?: string;
  /** The site's function that makes a text harmless before it is kept. */
  readonly sanitise?: keyof Sanitisers;
  /** What templates print for a value: `Html` as it is, a text escaped. Without it, what the shape of the field says. */
  show?(value: JsonValue): Html | string;
  /** Writes the control. It must carry the attributes that it is given. */
  print?(control: Control): Html;
  /** The text that the control shows for a value; needed where the shape is `own`. */
  write?(value: JsonValue): string;
  /** The value of a text that was sent; undefined if it has none. */
  read?(text: string): JsonValue | undefined;
}

/** Kinds by name. */
export type FieldKinds = Readonly<Record<string, FieldKind>>;
