import { pointerTo } from '../../tree/problems.ts';
import { type Control, printControl } from './control.ts';
import type { ChoicesField, FieldDescription, ListField } from './description.ts';
import type { FieldError } from './field-error.ts';
import { actionName, controlName, countName, formatAction, type ListVerb } from './form-names.ts';
import { type Entry, entryIn, type FormState } from './form-state.ts';
import { attributes, type Html, html } from './html.ts';
import type { FieldKinds } from './kind.ts';
import type { LinkGroup } from './link-choices.ts';
import { isGallery, type LinkControlChoices, takenChoices, withChosen } from './link-control.ts';

/** What printing a form needs beside what it shows. */
export interface PrintContext {
  readonly kinds: FieldKinds;
  readonly errors: readonly FieldError[];
  /** What the names and ids of all controls begin with. */
  readonly prefix: string;
  /** What the controls of links offer beside what is typed. */
  readonly links: readonly LinkGroup[];
  /** The name of the field whose control has the focus when the page is opened. What is wrong has it instead, where anything is. */
  readonly focus?: string | undefined;
  /** There where choices can be searched: what was searched for last, if anything was. */
  readonly search?: LinkSearchShown | undefined;
}

/** What was searched for among the choices of one field of a form. */
export interface LinkSearchShown {
  /** The pointer to the field: `/picture`; undefined where nothing was searched yet. */
  readonly path?: string;
  readonly text?: string;
  /** What was found. */
  readonly groups?: readonly LinkGroup[];
}

/** A printed form in parts, for whoever has places of their own for them. */
export interface FormParts {
  /** What stands before all controls: what is wrong, the button that Enter presses, and what links may point at. */
  readonly head: Html;
  /** The controls by the names of their fields, each with label, help and error, in the order of the schema. */
  readonly controls: Readonly<Record<string, Html>>;
}

/** The whole of a form. */
export function joinParts({ head, controls }: FormParts): Html {
  return html`${head}${Object.values(controls)}`;
}

/**
 * Prints the controls of a form, for a `<form method="post">` that has its own button to save. It works without scripts:
 * items of lists are added, moved and removed by buttons that send the form. Nothing in it is a style or a script.
 */
export function printForm(
  fields: readonly FieldDescription[],
  state: FormState,
  context: PrintContext,
): FormParts {
  const { errors } = context;
  const paths = new Set(controlPaths(fields, state, []));
  const summary = errors.map(({ path, message }) => {
    if (!paths.has(path)) return html`<li>${message}</li>`;
    const name = path.slice(1).replaceAll('/', '.');
    return html`<li><a href="#${context.prefix}.${name}">${message}</a></li>`;
  });
  const head = html`${errors.length > 0 ? html`<div class="widgy-errors" role="alert" tabindex="-1" autofocus><p>${WORDS.wrong}</p><ul>${summary}</ul></div>` : undefined}${
    context.search !== undefined || fields.some(({ shape }) => shape === 'list')
      ? defaultButton(context.prefix)
      : undefined
  }`;
  const controls: Record<string, Html> = Object.create(null);
  for (const field of fields)
    controls[field.name] = printField(field, entryIn(state, field.name), context, [field.name]);
  return { head, controls };
}

/** Enter in a text presses the first button of a form: without this one, that would remove an item. */
function defaultButton(prefix: string): Html {
  return html`<button${attributes({ type: 'submit', name: actionName(prefix), value: '', hidden: true, tabindex: -1 })}></button>`;
}

/** The texts of forms that are no field's own. */
const WORDS = {
  wrong: 'Not everything can be kept as it is:',
  error: 'Error: ',
  required: ' (required)',
} as const;

function printFields(
  fields: readonly FieldDescription[],
  state: FormState,
  context: PrintContext,
  path: readonly PropertyKey[],
): readonly Html[] {
  return fields.map((field) => printField(field, entryIn(state, field.name), context, [...path, field.name]));
}

function printField(
  field: FieldDescription,
  entry: Entry | undefined,
  context: PrintContext,
  path: readonly PropertyKey[],
): Html {
  const id = controlName(context.prefix, path);
  const pointer = pointerTo(path);
  const messages = context.errors.filter((error) => error.path === pointer).map(({ message }) => message);
  const help = [context.kinds[field.kind]?.help, field.help].filter((part) => part !== undefined).join(' ');
  const helpId = help === '' ? undefined : `${id}-help`;
  const errorId = messages.length === 0 ? undefined : `${id}-error`;
  const text = entry?.kind === 'text' ? entry.text : '';
  const describedBy = [helpId, errorId].filter((part) => part !== undefined).join(' ') || undefined;
  const notes = html`${
    helpId === undefined ? undefined : html`<p class="widgy-help"${attributes({ id: helpId })}>${help}</p>`
  }${
    errorId === undefined
      ? undefined
      : html`<p class="widgy-error"${attributes({ id: errorId })}>${WORDS.error}${messages.join(' ')}</p>`
  }`;
  const isFocused = context.focus === field.name && path.length === 1 && context.errors.length === 0;
  const tied = {
    'aria-describedby': describedBy,
    'aria-invalid': errorId === undefined ? undefined : 'true',
  };
  const label = html`${field.label}${field.isRequired ? html`<span class="widgy-required">${WORDS.required}</span>` : undefined}`;
  const open = attributes({ class: 'widgy-field', 'data-kind': field.kind });
  if (field.shape === 'list' || field.shape === 'choices') {
    const inner =
      field.shape === 'list' ? printItems(field, entry, context, path) : printBoxes(field, entry, id);
    return html`<fieldset${open}${attributes({ id, ...tied })}><legend>${label}</legend>${notes}${inner}</fieldset>`;
  }
  if (field.shape === 'flag') {
    const isOn = entry?.kind === 'flag' && entry.isOn;
    const box = attributes({ type: 'checkbox', id, name: id, value: 'on', checked: isOn, ...tied });
    return html`<div${open}>${marker(id)}<input${box}><label${attributes({ for: id })}>${label}</label>${notes}</div>`;
  }
  const control: Control = {
    field,
    id,
    name: id,
    text,
    attributes: attributes({ id, name: id, required: field.isRequired, autofocus: isFocused, ...tied }),
    choices: choicesOf(field, text, context, path),
  };
  const printed = (context.kinds[field.kind]?.print ?? printControl)(control);
  if (isGallery(control)) {
    return html`<fieldset${open}${attributes({ id, ...tied })}><legend>${label}</legend>${notes}${printed}</fieldset>`;
  }
  return html`<div${open}><label${attributes({ for: id })}>${label}</label>${notes}${printed}</div>`;
}

/** What the control of a link offers; undefined for other fields, and where the form offers nothing. */
function choicesOf(
  field: FieldDescription,
  text: string,
  { kinds, links, search, prefix }: PrintContext,
  path: readonly PropertyKey[],
): LinkControlChoices | undefined {
  if (field.takesReferences !== true || field.shape !== 'text' || links.length === 0) return undefined;
  const takes = kinds[field.kind]?.takes ?? {};
  const offered = takenChoices(links, takes);
  const isSearched = search?.path === pointerTo(path);
  const found = isSearched ? takenChoices(search?.groups ?? [], takes) : offered;
  const groups = withChosen(found, offered, text);
  const shown = search === undefined ? undefined : isSearched ? (search.text ?? '') : '';
  return { groups, takes, search: shown, prefix, path };
}

/** Says that boxes were shown: browsers send nothing for those that are not ticked. */
function marker(name: string): Html {
  return html`<input${attributes({ type: 'hidden', name, value: '' })}>`;
}

function printBoxes({ options }: ChoicesField, entry: Entry | undefined, name: string): Html {
  const texts = entry?.kind === 'chosen' ? entry.texts : [];
  const unlisted = texts.filter((text) => !options.some(({ value }) => String(value) === text));
  const all = [
    ...options.map(({ value, label }) => ({ text: String(value), label })),
    // What is no longer offered must not be lost because somebody opened the form.
    ...unlisted.map((text) => ({ text, label: `${text} (no longer offered)` })),
  ];
  const boxes = all.map(({ text, label }, at) => {
    const id = `${name}-${at}`;
    const box = attributes({ type: 'checkbox', id, name, value: text, checked: texts.includes(text) });
    return html`<div><input${box}><label${attributes({ for: id })}>${label}</label></div>`;
  });
  return html`${marker(name)}${boxes}`;
}

function printItems(
  field: ListField,
  entry: Entry | undefined,
  context: PrintContext,
  path: readonly PropertyKey[],
): Html {
  const items = entry?.kind === 'items' ? entry.items : [];
  const button = (verb: ListVerb, at: readonly PropertyKey[], text: string, label: string) => {
    const value = formatAction({ verb, path: at.map(String) });
    const name = actionName(context.prefix);
    const values = attributes({ type: 'submit', name, value, formnovalidate: true, 'aria-label': label });
    return html`<button${values}>${text}</button>`;
  };
  const printed = items.map((item, at) => {
    const here = [...path, at];
    const title = `${field.label} ${at + 1}`;
    const buttons = [
      at > 0 ? button('up', here, 'Move up', `Move ${title} up`) : undefined,
      at < items.length - 1 ? button('down', here, 'Move down', `Move ${title} down`) : undefined,
      button('remove', here, 'Remove', `Remove ${title}`),
    ];
    const inner = printFields(field.fields, item, context, here);
    return html`<li><fieldset><legend>${title}</legend>${inner}${buttons}</fieldset></li>`;
  });
  const count = attributes({ type: 'hidden', name: countName(context.prefix, path), value: items.length });
  const add =
    items.length < (field.maxItems ?? Number.POSITIVE_INFINITY)
      ? button('add', path, 'Add', `Add to ${field.label}`)
      : undefined;
  return html`<input${count}><ol>${printed}</ol>${add}`;
}

/** The pointers of all fields that a form shows. */
function controlPaths(
  fields: readonly FieldDescription[],
  state: FormState,
  path: readonly PropertyKey[],
): readonly string[] {
  return fields.flatMap((field) => {
    const here = [...path, field.name];
    const entry = entryIn(state, field.name);
    const items = field.shape === 'list' && entry?.kind === 'items' ? entry.items : [];
    const inner = field.shape === 'list' ? field.fields : [];
    return [pointerTo(here), ...items.flatMap((item, at) => controlPaths(inner, item, [...here, at]))];
  });
}
