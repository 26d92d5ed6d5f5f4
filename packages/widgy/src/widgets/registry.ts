import { WidgyError } from '../errors.ts';
import type { WidgetType } from './define-widget.ts';
import { didYouMean } from './nearest.ts';

/**
 * The types of a site by name, in the order of their names. Where a type and its extension are both given, the extension is
 * meant.
 *
 * @throws WidgyError `widget-duplicate`, `name-unknown`
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
  const sorted = new Map([...types].sort(([a], [b]) => (a < b ? -1 : 1)));
  checkReferences(sorted);
  return sorted;
}

function isExtensionOf(type: WidgetType, base: WidgetType): boolean {
  for (let next: WidgetType | undefined = type; next !== undefined; next = next.base)
    if (next === base) return true;
  return false;
}

/** Checks that every name in a rule is that of a type or a group. */
function checkReferences(types: ReadonlyMap<string, WidgetType>): void {
  const names = [...types.keys()];
  const groups = new Set([...types.values()].flatMap(({ rules }) => rules.groups));
  const known = [...names, ...groups];
  for (const group of groups) {
    if (!types.has(group)) continue;
    throw new WidgyError('widget-invalid', {
      message: `"${group}" is both a type and a group`,
      help: 'Give the group another name, so that lists mean one of them.',
    });
  }
  for (const [type, { rules }] of types) {
    const check = (where: string, named: readonly string[] | 'any', among: readonly string[]) => {
      const unknown = named === 'any' ? undefined : named.find((name) => !among.includes(name));
      if (unknown !== undefined) throw unknownName(unknown, `${where} of the type "${type}"`, among);
    };
    check('children.accept', rules.children?.accept ?? [], known);
    check('parents', rules.parents ?? [], known);
    for (const [slot, { accept, initial = [] }] of Object.entries(rules.slots)) {
      check(`slots.${slot}.accept`, accept, known);
      check(`slots.${slot}.initial`, initial, names);
    }
  }
}

/** The error for a name that means nothing. */
export function unknownName(name: string, where: string, known: readonly string[]): WidgyError {
  const near = didYouMean(name, known);
  return new WidgyError('name-unknown', {
    message: `${where} names ${JSON.stringify(name)}, which the site does not have`,
    help: near === '' ? undefined : near.trim(),
  });
}
