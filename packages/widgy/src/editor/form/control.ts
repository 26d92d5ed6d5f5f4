import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { Entry } from './entry.ts';
import type { FieldPlace } from './memory.ts';
import type { FieldProblem } from './problem.ts';

/** What the control of a field needs, be it a field of the widget or of an item in a list. */
export interface FieldProps {
  /** The field of the widget that it is, or is in. */
  readonly place: FieldPlace;
  readonly field: FieldDescription;
  /** The way to it: names of fields and numbers of items. */
  readonly path: readonly PropertyKey[];
  readonly entry: Entry;
  /** The same at the moment of asking: `entry` is older while a key is painted, and once its control is gone. */
  readonly entryNow: () => Entry;
  /** What is wrong with it, or with anything in it. */
  readonly problems: readonly FieldProblem[];
  /** Told with each key. */
  readonly onEntry: (entry: Entry) => void;
  /** Told when the focus leaves it. */
  readonly onLeave: () => void;
}

/** The same with what ties a control to its label, help and errors. */
export interface ControlProps extends FieldProps {
  /** Of the control: what its label is for. */
  readonly id: string;
  /** Of the element that has its label. */
  readonly labelId: string;
  readonly tied: {
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': 'true' | undefined;
    readonly 'aria-required': 'true' | undefined;
  };
}

/** The id of a control. There is one form at a time, so it is of no widget. */
export function controlId(path: readonly PropertyKey[]): string {
  return `form-${path.map(String).join('.')}`;
}

/** The id of the control that a JSON Pointer into the fields leads to. */
export function controlIdAt(pointer: string): string {
  return controlId(pointer.slice(1).split('/'));
}

/** The text of an entry that is one. */
export function textOf(entry: Entry): string {
  return entry.kind === 'text' ? entry.text : '';
}

/** The attributes of an element that is not made by a template: those that have a value. */
export function withoutUndefined(
  attributes: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}

/** How a text is written. */
export type CodeLanguage = 'html' | 'markdown' | 'plain';

/** The language of a kind whose texts are code; undefined for kinds whose texts are not. */
export function codeLanguage(kind: string): CodeLanguage | undefined {
  if (/(?:^|-)markdown(?:-|$)/.test(kind)) return 'markdown';
  if (/(?:^|-)html(?:-|$)/.test(kind)) return 'html';
  return /(?:^|-)(?:css|scss|less|code|json|xml|svg|script)(?:-|$)/.test(kind) ? 'plain' : undefined;
}

/** What the control of a field is. */
export type ControlKind =
  | 'choice'
  | 'choices'
  | 'code'
  | 'colour'
  | 'flag'
  | 'input'
  | 'link'
  | 'list'
  | 'own'
  | 'rich-text'
  | 'text-area';

/** The control of a field by its shape and kind. */
export function controlKind(field: FieldDescription): ControlKind {
  switch (field.shape) {
    case 'text':
      if (field.kind === 'rich-text' || field.kind === 'colour') return field.kind;
      if (field.kind === 'long-text') return 'text-area';
      if (field.takesReferences === true) return 'link';
      return codeLanguage(field.kind) === undefined ? 'input' : 'code';
    case 'number':
      return 'input';
    default:
      return field.shape;
  }
}

/** Controls of several parts: what they are called is the name of a group. */
export const GROUPS: ReadonlySet<ControlKind> = new Set(['choices', 'list', 'link', 'own', 'colour']);

/** Controls that are no form elements: their label is tied to them by its id. */
export const UNLABELLED: ReadonlySet<ControlKind> = new Set(['rich-text', 'code']);

/** Controls in which a value is chosen, and nothing more comes that belongs to it. */
export const CHOSEN: ReadonlySet<ControlKind> = new Set(['choice', 'choices', 'flag']);
