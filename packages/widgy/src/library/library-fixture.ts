import type { RenderFailure } from '../rendering/failure.ts';
import type { Purpose } from '../rendering/frame.ts';
import type { ResolvedReferences } from '../rendering/references.ts';
import { createRenderer } from '../rendering/renderer.ts';
import { counter } from '../tree/random-fixture.ts';
import { checkOperation } from '../tree/rules/check-operation.ts';
import { newWidget } from '../tree/rules/new-widget.ts';
import { createTree, type Tree } from '../tree/tree.ts';
import { type Widget, walk } from '../tree/widget.ts';
import { defineSite } from '../widgets/site.ts';
import { library, libraryKinds, unsafeKinds } from './library.ts';
import { unsafeHtml } from './unsafe-html/unsafe-html.ts';

/** A site with everything that the library has. */
export const librarySite = defineSite({
  folder: import.meta.dirname,
  widgets: [...library, unsafeHtml],
  kinds: { ...libraryKinds, ...unsafeKinds },
});

const failures: RenderFailure[] = [];
const renderer = createRenderer({
  site: librarySite,
  onFailure: (failure) => failures.push(failure),
});

/** The HTML of a widget, as it is. Fails with what failed in it. */
export async function show(
  root: Widget,
  options: { readonly purpose?: Purpose; readonly references?: ResolvedReferences } = {},
): Promise<string> {
  const shown = await renderer.render(createTree(root), options);
  const [failure] = failures.splice(0);
  if (failure !== undefined) throw new Error(`${failure.type}: ${failure.message}`, { cause: failure.error });
  return shown;
}

/** HTML without what browsers make nothing of: spaces between elements, and more than one anywhere. */
export function tidy(html: string): string {
  return html.replace(/\s+/g, ' ').replace(/> </g, '><').trim();
}

/**
 * Puts new widgets into one another, from the outside in: `one-column/section/text`. Gives the tree with the innermost in it, or the code of
 * the refusal. The ones before the last have to be allowed.
 */
export function nest(path: string): Tree | string {
  const { catalogue } = librarySite;
  const newId = counter('n');
  const [root = '', ...inner] = path.split('/');
  const made = newWidget(catalogue, root, newId);
  if (made === undefined) throw new Error(`there is no type "${root}"`);
  let tree = createTree(made);
  let parent = made;
  for (const [at, type] of inner.entries()) {
    const widget = newWidget(catalogue, type, newId);
    if (widget === undefined) throw new Error(`there is no type "${type}"`);
    const [slot] = catalogue.get(parent.type)?.slots.keys() ?? [];
    const place = { parent: parent.id, ...(slot === undefined ? {} : { slot }) };
    const checked = checkOperation(tree, { kind: 'insert', widget, at: place }, catalogue);
    if (!checked.ok) {
      if (at < inner.length - 1) throw new Error(`"${type}" in ${path}: ${checked.refusal.what}`);
      return checked.refusal.code;
    }
    tree = checked.tree;
    parent = [...walk(tree.root)].find(({ id }) => id === widget.id) ?? parent;
  }
  return tree;
}
