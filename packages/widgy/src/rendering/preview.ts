import type { Widget } from '../tree/widget.ts';
import { attributes, type Html, html } from '../widgets/fields/html.ts';
import type { RenderFailure } from './failure.ts';

/**
 * Lets an editor find a widget in a preview. Comments stand around what it shows: unlike an element of ours they may stand anywhere,
 * between table rows and options too, and they change neither layout nor style. Where it begins with an element of its own, that has
 * attributes as well, which are easier to find and to style.
 */
export function withHooks({ id, type, slot }: Widget, shown: string): string {
  const hooks = attributes({ 'data-widgy-id': id, 'data-widgy-type': type, 'data-widgy-slot': slot });
  const marked = shown.replace(FIRST_ELEMENT, (begin) => begin + hooks);
  return `<!--widgy ${id}-->${marked}<!--/widgy ${id}-->`;
}

/** The first tag, after spaces and comments that are not those around a child: an element of a child is not its parent's. */
const FIRST_ELEMENT = /^(?:\s+|<!--(?!\/?widgy )[\s\S]*?-->)*<[a-z][^\s/>]*(?=[\s/>])/i;

/** What people who edit see in place of a widget that cannot be shown. */
export function failureBox(label: string, { code, message }: RenderFailure): Html {
  return html`<div class="widgy-failure" role="note" data-widgy-failure="${code}"><strong>${label}</strong> ${message}</div>`;
}
