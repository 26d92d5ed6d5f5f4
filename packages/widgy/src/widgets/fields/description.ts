import type { JsonObject, JsonValue } from '../../tree/json.ts';
import type { ReferenceTargets } from './link-choices.ts';

/** What there is to know of any field to let somebody edit it. Plain JSON: the editor in the browser gets the same. */
interface Described {
  readonly name: string;
  readonly kind: string;
  readonly label: string;
  readonly help?: string;
  /** Whether nothing is no answer. */
  readonly isRequired: boolean;
  /** Whether an empty answer is kept as null. */
  readonly isNullable: boolean;
  readonly default: JsonValue;
  /** There for a field that takes references such as `widgy:page/42` too: an editor can offer a search. */
  readonly takesReferences?: true;
  /** Which things its references may point at; absent for all that can have an address. */
  readonly takes?: ReferenceTargets;
}

/** A field of one text: plain, rich, Markdown, a date, a colour, a link. */
export interface TextField extends Described {
  readonly shape: 'text';
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Of a time that is kept in UTC. It is edited in UTC without the final `Z`; this is what is put behind hours and minutes. */
  readonly utcEnd?: 'Z' | ':00Z';
}

/** A field of one number. */
export interface NumberField extends Described {
  readonly shape: 'number';
  readonly isInteger: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly step?: number;
}

/** A field that is true or false. */
export interface FlagField extends Described {
  readonly shape: 'flag';
}

/** One of the values that may be chosen. */
export interface Option {
  readonly value: string | number | boolean;
  readonly label: string;
}

/** A field of one of several values. */
export interface ChoiceField extends Described {
  readonly shape: 'choice';
  readonly options: readonly Option[];
  /** What choosing nothing is called, where that can be chosen. Default: a blank line. */
  readonly emptyLabel?: string;
}

/** A field of any number of several values. */
export interface ChoicesField extends Described {
  readonly shape: 'choices';
  readonly options: readonly Option[];
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A list of items, each with the same fields. */
export interface ListField extends Described {
  readonly shape: 'list';
  readonly fields: readonly FieldDescription[];
  /** The fields of an item that is new. */
  readonly newItem: JsonObject;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A field of a kind that the site reads and writes itself. */
export interface OwnField extends Described {
  readonly shape: 'own';
}

/** One field of a form. */
export type FieldDescription =
  | TextField
  | NumberField
  | FlagField
  | ChoiceField
  | ChoicesField
  | ListField
  | OwnField;
