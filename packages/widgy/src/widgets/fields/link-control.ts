import type { Control } from './control.ts';
import { actionName, formatSearch } from './form-names.ts';
import { attributes, type Html, html } from './html.ts';
import type { LinkGroup, LinkTarget, ReferenceTargets } from './link-choices.ts';
import { formatReference, parseReference } from './reference.ts';

/** What the control of a link offers. */
export interface LinkControlChoices {
  /** What its field takes, in groups. */
  readonly groups: readonly LinkGroup[];
  readonly takes: ReferenceTargets;
  /** What was searched for among them; undefined where the form cannot be searched. */
  readonly search: string | undefined;
  /** What the names of all controls of the form begin with. */
  readonly prefix: string;
  /** Where the field is in the form. */
  readonly path: readonly PropertyKey[];
}

/** What is sent in the place of a reference where an address is typed beside it. No reference and no address is the same. */
export const ADDRESS_CHOICE = 'address:';

/** The name of the control for an address beside choices: `fields.link.address`. */
export function addressName(name: string): string {
  return `${name}.address`;
}

/** The name of the control that choices are searched with. */
export function searchName(name: string): string {
  return `${name}.search`;
}

/** The name of what says which search the choices were shown for. */
export function searchedName(name: string): string {
  return `${name}.searched`;
}

/** Those of some choices that a field takes. What never has an address is for the fields that name its type. */
export function takenChoices(
  groups: readonly LinkGroup[],
  { types, isPicture }: ReferenceTargets,
): readonly LinkGroup[] {
  return groups.flatMap((group) => {
    if (types === undefined ? group.hasAddresses === false : !types.includes(group.type)) return [];
    const targets =
      isPicture === true ? group.targets.filter(({ picture }) => picture !== undefined) : group.targets;
    return targets.length === 0 ? [] : [{ ...group, targets }];
  });
}

/** The same choices, with one more that is among others: what is kept stays to be seen, whatever was searched for. */
export function withChosen(
  groups: readonly LinkGroup[],
  others: readonly LinkGroup[],
  text: string,
): readonly LinkGroup[] {
  const chosen = targetOf(groups, text) === undefined ? targetOf(others, text) : undefined;
  if (chosen === undefined) return groups;
  const { group, target } = chosen;
  const own = groups.find(({ type }) => type === group.type);
  if (own === undefined) return [...groups, { ...group, targets: [target] }];
  return groups.map((each) => (each === own ? { ...own, targets: [target, ...own.targets] } : each));
}

/** Whether the choices of a field are shown as pictures, each with a control of its own. In lists there would be too many of them. */
export function isGallery({ choices }: Pick<Control, 'choices'>): boolean {
  return choices?.takes.isPicture === true && choices.path.length === 1;
}

/**
 * Writes the control of a link. Where nothing is offered it is one input for an address or a reference. Else the choices decide, one of
 * which is that an address is typed: its input stands below them, and style sheets show it where that is chosen. What is kept and not
 * among the choices is one of them all the same, so that it is not lost because somebody opened the form.
 */
export function printLinkControl(control: Control, maxlength: number | undefined): Html {
  const { text, attributes: tied, choices } = control;
  if (choices === undefined)
    return html`<input${tied}${attributes({ type: 'text', inputmode: 'url', maxlength, value: text })}>`;
  const address = choices.takes.isOnly === true ? undefined : printAddress(control, maxlength);
  return html`${isGallery(control) ? printGallery(control, choices) : printSelect(control, choices)}${address}${printSearch(control, choices)}`;
}

/** The texts of the controls of links. */
const WORDS = {
  nothing: 'Nothing',
  noPicture: 'No picture',
  address: 'An address:',
  begin: 'https://…',
  gone: 'no longer offered',
  find: 'Find',
  search: 'Find others by name',
  more: 'There are more than are shown.',
  noneFound: 'Nothing has such a name.',
  none: 'There is nothing to choose from yet.',
} as const;

/** What was kept before and is no choice now: a reference to what is gone, or to what the field does not take. */
function unlisted({ text }: Control, groups: readonly LinkGroup[]): string | undefined {
  if (text === '' || targetOf(groups, text) !== undefined) return undefined;
  return parseReference(text) === undefined ? undefined : text;
}

/** Whether what is kept is an address, or what was typed for one. */
function isAddress(control: Control, { groups, takes }: LinkControlChoices): boolean {
  const { text } = control;
  if (text === '' || takes.isOnly === true) return false;
  return targetOf(groups, text) === undefined && unlisted(control, groups) === undefined;
}

function printSelect(control: Control, choices: LinkControlChoices): Html {
  const { text, attributes: tied } = control;
  const { groups, takes } = choices;
  const option = (value: string, label: string, isChosen = value === text) =>
    html`<option${attributes({ value, selected: isChosen })}>${label}</option>`;
  const gone =
    unlisted(control, groups) ?? (takes.isOnly === true && isUnknown(control, groups) ? text : undefined);
  const lists = groups.map((group) => {
    const options = group.targets.map((target) =>
      option(formatReference({ type: group.type, id: target.id }), choiceLabel(target)),
    );
    return groups.length === 1
      ? options
      : html`<optgroup${attributes({ label: group.label })}>${options}</optgroup>`;
  });
  const picture = targetOf(groups, text)?.target.picture;
  return html`<select${tied}>${option('', WORDS.nothing)}${
    gone === undefined ? undefined : option(gone, `${gone} (${WORDS.gone})`)
  }${lists}${
    takes.isOnly === true ? undefined : option(ADDRESS_CHOICE, WORDS.address, isAddress(control, choices))
  }</select>${groups.length === 0 ? html`<p class="widgy-help">${WORDS.none}</p>` : undefined}${
    picture === undefined
      ? undefined
      : html`<img${attributes({ class: 'widgy-thumb', src: picture.url, width: picture.width, height: picture.height, alt: '' })}>`
  }`;
}

function isUnknown({ text }: Control, groups: readonly LinkGroup[]): boolean {
  return text !== '' && targetOf(groups, text) === undefined;
}

function printGallery(control: Control, choices: LinkControlChoices): Html {
  const { name, text } = control;
  const { groups, takes } = choices;
  const gone = unlisted(control, groups);
  const chosen = targetOf(groups, text)?.target;
  // What is chosen comes first, so that it is seen.
  const targets = groups
    .flatMap((group) => group.targets.map((target) => ({ type: group.type, target })))
    .toSorted((a, b) => Number(b.target === chosen) - Number(a.target === chosen));
  let count = 0;
  const box = (value: string, inner: Html, isChosen = value === text) => {
    const id = `${name}-${count}`;
    count += 1;
    const radio = attributes({ type: 'radio', id, name, value, checked: isChosen });
    return html`<div><input${radio}><label${attributes({ for: id })}>${inner}</label></div>`;
  };
  const nothing = box('', html`${WORDS.noPicture}`);
  const pictures = targets.map(({ type, target }) => {
    const { picture, label } = target;
    const size = picture && { src: picture.url, width: picture.width, height: picture.height };
    const image = html`<img${attributes({ ...size, alt: '', loading: 'lazy', decoding: 'async' })}>`;
    return box(
      formatReference({ type, id: target.id }),
      html`<span class="widgy-thumb">${image}</span><span>${label}</span>`,
    );
  });
  const address =
    takes.isOnly === true
      ? undefined
      : box(ADDRESS_CHOICE, html`${WORDS.address}`, isAddress(control, choices));
  const old = gone === undefined ? undefined : box(gone, html`${gone} (${WORDS.gone})`);
  return html`<div class="widgy-gallery">${nothing}${address}${old}${pictures}</div>${pictures.length === 0 ? html`<p class="widgy-help">${WORDS.none}</p>` : undefined}`;
}

function printAddress(control: Control, maxlength: number | undefined): Html {
  const { field, name, text, choices } = control;
  const id = addressName(name);
  const value = choices !== undefined && isAddress(control, choices) ? text : '';
  const shown = attributes({
    id,
    name: id,
    type: 'text',
    inputmode: 'url',
    maxlength,
    value,
    placeholder: WORDS.begin,
    'aria-label': `Address: ${field.label}`,
  });
  return html`<input class="widgy-address"${shown}>`;
}

/** Writes what finds more choices, where there are more than are shown. Its button sends the form, and nothing is kept. */
function printSearch(
  { field, name }: Control,
  { groups, search, prefix, path }: LinkControlChoices,
): Html | undefined {
  const hasMore = groups.some((group) => group.hasMore === true);
  if (search === undefined || (search === '' && !hasMore)) return undefined;
  const id = searchName(name);
  const label = `${WORDS.search}: ${field.label}`;
  const input = attributes({
    id,
    name: id,
    type: 'search',
    value: search,
    'aria-label': label,
    placeholder: WORDS.search,
  });
  const button = attributes({
    ...{ type: 'submit', name: actionName(prefix), value: formatSearch(path), formnovalidate: true },
    'aria-label': label,
  });
  const note = hasMore ? WORDS.more : groups.length === 0 ? WORDS.noneFound : undefined;
  return html`<div class="widgy-search">${note === undefined ? undefined : html`<p class="widgy-help">${note}</p>`}<input${attributes({ type: 'hidden', name: searchedName(name), value: search })}><input${input}><button${button}>${WORDS.find}</button></div>`;
}

/** What a choice is called. */
function choiceLabel({ label, url }: LinkTarget): string {
  return url === undefined || !url.startsWith('/') ? label : `${label} (${url})`;
}

function targetOf(
  groups: readonly LinkGroup[],
  text: string,
): { readonly group: LinkGroup; readonly target: LinkTarget } | undefined {
  const reference = parseReference(text);
  const group = reference && groups.find(({ type }) => type === reference.type);
  const target = group?.targets.find(({ id }) => id === reference?.id);
  return group && target && { group, target };
}
