import { WidgyError } from '../errors.ts';
import { type Catalogue, createCatalogue } from '../tree/rules/catalogue.ts';
import { ANY, type TypeRules } from '../tree/rules/type-rules.ts';
import type { WidgetType } from './define-widget.ts';
import { didYouMean } from './nearest.ts';

/**
 * The types of a site by name, in the order of their names. Where a type and its extension are both given, the extension is
 * meant.
 *
 * @throws WidgyError `widget-duplicate`
 */
export function registerTypes(widgets: readonly WidgetType[]): ReadonlyMap<string, WidgetType> {
  const types = new Map<string, WidgetType>();
  for (const widget of widgets) {
    const other = types.get(widget.type);
    if (other === undefined || isExtensionOf(widget, other)) types.set(widget.type, widget);
    else if (!isExtensionOf(other, widget)) {
      const message = `the site has two types called "${widget.type}", and neither extends the other`;
      throw new WidgyError('widget-duplicate', { message });
    }
  }
  return new Map([...types].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isExtensionOf(type: WidgetType, base: WidgetType): boolean {
  for (let next: WidgetType | undefined = type; next !== undefined; next = next.base)
    if (next === base) return true;
  return false;
}

/**
 * Makes the catalogue that trees are checked with. Every name in a rule must be that of a type or a group: a name that means nothing is
 * most often a mistake, and what may stand where must not depend on it in silence.
 *
 * @throws WidgyError `name-unknown`, `widget-invalid`
 */
export function catalogueOf(types: readonly TypeRules[]): Catalogue {
  const names = types.map(({ type }) => type);
  const groups = new Set(types.flatMap((type) => type.groups ?? []));
  const both = names.find((name) => groups.has(name));
  if (both !== undefined) {
    throw new WidgyError('widget-invalid', {
      message: `"${both}" is both a type and a group`,
      help: 'Give the group another name, so that lists mean one of them.',
    });
  }
  const known = [ANY, ...names, ...groups];
  for (const { type, children, parents = [] } of types) {
    const check = (where: string, named: readonly string[], among: readonly string[]) => {
      const unknown = named.find((name) => !among.includes(name));
      if (unknown !== undefined) throw unknownName(unknown, `${where} of the type "${type}"`, among);
    };
    check('parents', parents, known);
    check('children.accept', children?.accept ?? [], known);
    check('children.default', children?.default ?? [], names);
    for (const slot of children?.slots ?? []) {
      check(`accept of the slot "${slot.name}"`, slot.accept, known);
      check(`default of the slot "${slot.name}"`, slot.default ?? [], names);
    }
  }
  const made = createCatalogue(types);
  if (made.ok) return made.catalogue;
  throw new WidgyError('widget-invalid', { message: made.problems.join('; ') });
}

/** The error for a name that means nothing. */
export function unknownName(name: string, where: string, known: readonly string[]): WidgyError {
  const near = didYouMean(name, known);
  return new WidgyError('name-unknown', {
    message: `${where} names ${JSON.stringify(name)}, which the site does not have`,
    help: near === '' ? undefined : near.trim(),
  });
}
