import { attributes, type Html, html } from '../../widgets/fields/html.ts';
import type { OutlineAction } from './content-actions.ts';
import type { OutlineGroup, OutlineRow } from './outline.ts';

/** The id of the form that the buttons of the outline send: they stand outside of it, so that its fields are there once. */
export const OUTLINE_FORM = 'outline';

/**
 * Prints the outline of a document as a list in lists. It is printed here and by no template: a template that calls itself for each of a
 * thousand widgets takes seconds.
 *
 * @param base the address of the document in the administration
 */
export function printOutline(root: OutlineRow, base: string): Html {
  return html`<ul class="outline">${printRow(root, base)}</ul>`;
}

function printRow(row: OutlineRow, base: string): Html {
  const { id, number, label, summary, isRoot, isUnknown, groups } = row;
  const item = attributes({ id: `w-${id}`, tabindex: -1, class: isRoot ? 'outline-root' : undefined });
  return html`<li${item}><div class="outline-row"><span class="outline-text">${
    number === '' ? undefined : html`<span class="outline-number">${number}</span> `
  }<strong>${label}</strong>${summary === '' ? undefined : html` <span class="outline-summary">${summary}</span>`}${
    isUnknown ? html` <span class="badge expired">Type is gone</span>` : undefined
  }</span>${printActions(row, base)}</div>${groups.map((group) => printGroup(row, group, base))}</li>
`;
}

function printActions(row: OutlineRow, base: string): Html {
  const { id, name, mayGoUp, mayGoDown } = row;
  const edit = html`<a${attributes({ class: 'button compact', href: `${base}/content/${id}` })}>Edit<span class="hidden-text"> ${name}</span></a>`;
  const step = (action: 'up' | 'down', isOpen: boolean, arrow: string) =>
    html`<button${attributes({ class: 'compact plain icon-only', ...sends(action, id), disabled: !isOpen })}><span class="hidden-text">Move ${name} ${action}</span><span aria-hidden="true">${arrow}</span></button>`;
  const steps = mayGoUp || mayGoDown ? [step('up', mayGoUp, '↑'), step('down', mayGoDown, '↓')] : undefined;
  return html`<span class="actions">${row.mayEdit ? edit : undefined}${steps}${printMenu(row, base)}</span>`;
}

function printMenu(row: OutlineRow, base: string): Html | undefined {
  const { id, name, addBelow, mayMove, mayDuplicate, mayDelete } = row;
  const link = (href: string, text: string) =>
    html`<a${attributes({ class: 'button compact plain', href })}>${text}<span class="hidden-text">: ${name}</span></a>`;
  const button = (action: OutlineAction, text: string, look = '') =>
    html`<button${attributes({ class: `compact plain${look}`, ...sends(action, id) })}>${text}<span class="hidden-text"> ${name}</span></button>`;
  const entries = [
    addBelow === undefined ? [] : link(`${base}/content/add${addBelow}`, 'Add below'),
    mayMove ? link(`${base}/content/${id}/move`, 'Move to…') : [],
    mayDuplicate ? button('duplicate', 'Duplicate') : [],
    mayDelete ? button('delete', 'Delete', ' outline-delete') : [],
  ].flat();
  if (entries.length === 0) return undefined;
  return html`<details class="outline-more"><summary class="button compact plain">More<span class="hidden-text"> for ${name}</span></summary><div class="outline-menu">${entries}</div></details>`;
}

function printGroup(
  { name, isRoot, groups }: OutlineRow,
  { label, rows, add }: OutlineGroup,
  base: string,
): Html {
  const into = label === undefined ? name : `${name}, ${label}`;
  const heading = label === undefined ? undefined : html`<p class="outline-slot">${label}</p>`;
  const list =
    rows.length === 0
      ? undefined
      : html`<ul${attributes({ 'aria-label': `In ${into}` })}>${rows.map((row) => printRow(row, base))}</ul>`;
  const isBlank = isRoot && groups.every((group) => group.rows.length === 0);
  const look = isBlank ? 'button primary' : 'button compact';
  const end =
    add === undefined
      ? html`${rows.length === 0 ? html`<p class="outline-empty">Nothing is in it.</p>` : undefined}`
      : html`<p class="outline-add"><a${attributes({ class: look, href: `${base}/content/add${add}` })}>Add<span class="hidden-text"> to ${into}</span></a></p>`;
  return html`${heading}${list}${end}`;
}

/** What a button sends with {@link OUTLINE_FORM}. */
function sends(action: OutlineAction, id: string) {
  return { form: OUTLINE_FORM, name: 'do', value: `${action}:${id}` };
}
