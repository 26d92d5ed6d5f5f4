import type { Control } from './control.ts';
import { attributes, type Html, html } from './html.ts';
import type { LinkGroup, LinkTarget } from './link-choices.ts';
import { formatReference, parseReference } from './reference.ts';

/** What the control of a link offers. */
export interface LinkControlChoices {
  /** The id of the `<datalist>` that the form has printed. */
  readonly id: string;
  readonly groups: readonly LinkGroup[];
}

/** The kinds of fields whose controls suggest what may be pointed at: pictures and files are things of the site as pages are. */
export const LINK_KINDS: ReadonlySet<string> = new Set(['link', 'image', 'file']);

/**
 * Writes the control of a link: one input, for an address or a reference, which suggests what may be pointed at. Choosing a
 * suggestion writes into the input. So there is one value, what was typed is never set against what was chosen, and a reference that
 * is not among the suggestions stays like any other text. Where a browser has no suggestions the input is still there.
 */
export function printLinkControl(
  { text, attributes: tied, choices }: Control,
  maxlength: number | undefined,
): Html {
  const list = choices?.id;
  return html`<input${tied}${attributes({ type: 'text', inputmode: 'url', list, maxlength, value: text })}>`;
}

/**
 * Writes the suggestions that all controls of links in a form share, group after group.
 *
 * @throws WidgyError `reference-invalid` for a target that no reference can point at
 */
export function printLinkChoices(id: string, groups: readonly LinkGroup[]): Html {
  const options = groups.flatMap((group) =>
    group.targets.map((target) => {
      const value = formatReference({ type: group.type, id: target.id });
      return html`<option${attributes({ value })}>${choiceLabel(group, target)}</option>`;
    }),
  );
  return html`<datalist${attributes({ id })}>${options}</datalist>`;
}

/** What a choice is called: a datalist has no groups, so the name of its group is part of its own. */
function choiceLabel({ label: group }: LinkGroup, { label, url }: LinkTarget): string {
  return `${group}: ${label}${url === undefined ? '' : ` (${url})`}`;
}

/** What a reference points at, for people, to whom its text says little; undefined where the choices do not hold it. */
export function linkedLabel(groups: readonly LinkGroup[], text: string): string | undefined {
  const reference = parseReference(text);
  const group = reference && groups.find(({ type }) => type === reference.type);
  const target = group?.targets.find(({ id }) => id === reference?.id);
  return group && target && choiceLabel(group, target);
}
