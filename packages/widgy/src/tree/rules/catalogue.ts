import { isTypeName } from '../widget.ts';
import { ANY, type SlotRule, type TypeRules } from './type-rules.ts';

/** A slot's rule with its names resolved. */
export interface Slot {
  readonly name: string | undefined;
  /** Types that the slot accepts. */
  readonly accepts: ReadonlySet<string>;
  readonly default: readonly string[];
  readonly min: number;
  readonly max: number;
}

/** A type with its rules resolved. */
export interface KnownType extends TypeRules {
  readonly slots: ReadonlyMap<string | undefined, Slot>;
  /** Types that it agrees to stand in; undefined for all. */
  readonly agreesTo: ReadonlySet<string> | undefined;
  /** Types that stand nowhere in themselves, among this one and those that are made with it. */
  readonly restricted: ReadonlySet<string>;
  /** Whether a new one has as many children as it needs. */
  readonly isComplete: boolean;
}

/** All types that trees may have, by name. */
export type Catalogue = ReadonlyMap<string, KnownType>;

/** A catalogue, or what is wrong with the types that were to make it, one sentence each. */
export type CatalogueResult =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Makes a catalogue of types, whose defaults all keep the rules. */
export function createCatalogue(types: readonly TypeRules[]): CatalogueResult {
  const problems: string[] = [];
  const byName = new Map<string, TypeRules>();
  for (const type of types) {
    if (!isTypeName(type.type)) problems.push(`"${type.type}" is no name of a type`);
    else if (byName.has(type.type)) problems.push(`the type "${type.type}" is there twice`);
    else byName.set(type.type, type);
  }
  const names = namesOf(types);
  const slots = new Map(types.map((type) => [type.type, slotsOf(type, names, problems)]));
  const catalogue = new Map<string, KnownType>();
  for (const type of byName.values()) {
    const made = madeWith(type.type, slots, problems);
    catalogue.set(type.type, {
      ...type,
      slots: slots.get(type.type) ?? new Map(),
      agreesTo: type.parents && resolve(type.parents, names),
      restricted: new Set([...made].filter((name) => byName.get(name)?.notInsideItself)),
      isComplete: [...made].every((name) =>
        [...(slots.get(name)?.values() ?? [])].every((slot) => slot.default.length >= slot.min),
      ),
    });
  }
  for (const type of catalogue.values()) checkDefaults(type, catalogue, problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, catalogue };
}

/** For each type and group the types that it means. */
function namesOf(types: readonly TypeRules[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { type, groups = [] } of types) {
    for (const name of [ANY, type, ...groups]) names.set(name, (names.get(name) ?? new Set()).add(type));
  }
  return names;
}

function resolve(
  wanted: readonly string[],
  names: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  // A name that means nothing is none of a mistake: it may be a type of a package that this site does not have.
  return new Set(wanted.flatMap((name) => [...(names.get(name) ?? [])]));
}

function slotsOf(
  { type, children }: TypeRules,
  names: ReadonlyMap<string, ReadonlySet<string>>,
  problems: string[],
): ReadonlyMap<string | undefined, Slot> {
  const slots = new Map<string | undefined, Slot>();
  const add = (
    name: string | undefined,
    { accept, default: made = [], min = 0, max = Infinity }: SlotRule,
  ): void => {
    const where = name === undefined ? `"${type}"` : `the slot "${name}" of "${type}"`;
    if (name !== undefined && !isTypeName(name)) problems.push(`${where} has no proper name`);
    if (slots.has(name)) problems.push(`${where} is there twice`);
    if (min > max) problems.push(`${where} needs more widgets than may stand in it`);
    if (made.length > max) problems.push(`${where} is made with more widgets than may stand in it`);
    slots.set(name, { name, accepts: resolve(accept, names), default: made, min, max });
  };
  if (children === undefined) return slots;
  if (children.accept.length > 0) add(undefined, children);
  for (const slot of children.slots ?? []) add(slot.name, slot);
  return slots;
}

/** The types of all widgets that are made with a new one, and its own. */
function madeWith(
  type: string,
  slots: ReadonlyMap<string, ReadonlyMap<string | undefined, Slot>>,
  problems: string[],
): ReadonlySet<string> {
  const made = new Set([type]);
  for (const name of made) {
    for (const slot of slots.get(name)?.values() ?? []) {
      for (const below of slot.default) {
        if (below === type) problems.push(`"${type}" would be made with itself, without end`);
        made.add(below);
      }
    }
  }
  return made;
}

function checkDefaults(type: KnownType, catalogue: Catalogue, problems: string[]): void {
  for (const slot of type.slots.values()) {
    for (const name of slot.default) {
      const child = catalogue.get(name);
      const made = `"${type.type}" is made with "${name}"`;
      if (child === undefined) problems.push(`${made}, which is no type`);
      else if (!slot.accepts.has(name)) problems.push(`${made}, which it does not accept`);
      else if (child.agreesTo?.has(type.type) === false)
        problems.push(`${made}, which does not agree to stand in it`);
    }
  }
}
