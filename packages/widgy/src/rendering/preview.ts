import type { Widget } from '../tree/widget.ts';
import { attributes, Html, html as markup } from '../widgets/fields/html.ts';
import type { RenderFailure } from './failure.ts';

/**
 * Lets an editor find a widget in a preview. Comments stand around what it shows: unlike an element of ours they may stand anywhere,
 * between table rows and options too, and they change neither layout nor style. Where it begins with an element of its own, that has
 * attributes as well, which are easier to find and to style.
 */
export function withHooks({ id, type, slot }: Widget, html: Html): Html {
  const shown = html.toString();
  const hooks = attributes({ 'data-widgy-id': id, 'data-widgy-type': type, 'data-widgy-slot': slot });
  const at = firstNameEnd(shown);
  const marked = at === undefined ? shown : shown.slice(0, at) + hooks + shown.slice(at);
  return Html.trusted(`<!--widgy ${id}-->${marked}<!--/widgy ${id}-->`);
}

/**
 * Where the name of the first tag ends, after spaces and comments; undefined if something else comes first. A comment that stands around
 * a child is something else: an element of a child is not its parent's. Each piece is found from where the one before ends, and
 * none is tried again in another way, so that no text takes long.
 */
function firstNameEnd(shown: string): number | undefined {
  const endOf = (piece: RegExp, from: number): number | undefined => {
    const search = new RegExp(piece, 'iy');
    search.lastIndex = from;
    return search.test(shown) ? search.lastIndex : undefined;
  };
  let at = 0;
  for (let end = endOf(SPACES, at); end !== undefined; end = endOf(COMMENT, at)) at = end;
  return endOf(TAG, at);
}

const SPACES = /\s*/;
/** A comment that is not one around a child, and the spaces after it. */
const COMMENT = /<!--(?!\/?widgy )[\s\S]*?--!?>\s*/;
const TAG = /<[a-z][^\s/>]*(?=[\s/>])/;

/** What people who edit see in place of a widget that cannot be shown. */
export function failureBox(label: string, { code, message }: RenderFailure): Html {
  return markup`<div class="widgy-failure" role="note" data-widgy-failure="${code}"><strong>${label}</strong> ${message}</div>`;
}
