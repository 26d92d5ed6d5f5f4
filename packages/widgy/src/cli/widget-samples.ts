import type { JsonObject } from '../tree/json.ts';
import { newWidget } from '../tree/rules/new-widget.ts';
import { createWidget, type IdMaker, type Widget } from '../tree/widget.ts';
import { defaultsOf } from '../widgets/fields/describe.ts';
import { checkWidgetFields, type Site } from '../widgets/site.ts';
import { type Sample, samplesOf } from './field-samples.ts';

/** A widget that templates must be able to show. */
export interface WidgetSample {
  /** What is special about it. */
  readonly what: string;
  readonly widget: Widget;
}

/** The widgets of one type that are rendered to check its templates. */
export interface TypeSamples {
  readonly samples: readonly WidgetSample[];
  /** Fields for which no value could be made up beside their default. */
  readonly plain: readonly string[];
}

/**
 * Makes widgets of a type: a new one; one without children, and one with a child of each type that it accepts; and one for each value of
 * each field that somebody might have kept, alone and together. All of them could have been made by an editor: their fields fit.
 */
export function samplesOfType(site: Site<never>, type: string): TypeSamples {
  const newId = idMaker();
  const made = newWidget(site.catalogue, type, newId);
  if (made === undefined) return { samples: [], plain: [] };
  const variants = fieldVariants(site, type);
  const withFields = ({ what, fields }: FieldVariant): WidgetSample => {
    return { what, widget: createWidget({ ...made, fields }) };
  };
  const samples = [
    { what: 'a new one', widget: made },
    ...(made.children.length === 0 ? [] : [{ what: 'no children', widget: alone(made, []) }]),
    ...acceptedSamples(site, made, newId),
    ...variants.fields.map(withFields),
  ];
  return { samples, plain: variants.plain };
}

/** Ids that are counted, so that what is found is the same each time. */
function idMaker(): IdMaker {
  let count = 0;
  return () => {
    count += 1;
    return `sample-${count}`;
  };
}

function alone(widget: Widget, children: readonly Widget[]): Widget {
  return createWidget({ ...widget, children });
}

/** One with children of all types that it accepts, as many as there may be. */
function acceptedSamples({ catalogue }: Site<never>, made: Widget, newId: IdMaker): readonly WidgetSample[] {
  const slots = [...(catalogue.get(made.type)?.slots.values() ?? [])];
  const children = slots.flatMap(({ name, accepts, max }) =>
    [...accepts]
      .sort()
      .filter((child) => catalogue.get(child)?.agreesTo?.has(made.type) !== false)
      .slice(0, max)
      .flatMap((child) => {
        const one = newWidget(catalogue, child, newId);
        return one === undefined ? [] : [createWidget({ ...one, slot: name })];
      }),
  );
  if (children.length === 0) return [];
  return [{ what: 'a child of each type that it accepts', widget: alone(made, children) }];
}

interface FieldVariant {
  readonly what: string;
  readonly fields: JsonObject;
}

/** Fields that somebody might have kept: first one by one, so that what fails is told with as little as it takes, then all together. */
function fieldVariants(
  site: Site<never>,
  type: string,
): { readonly fields: readonly FieldVariant[]; readonly plain: readonly string[] } {
  const described = site.types.get(type)?.fields ?? [];
  const defaults = defaultsOf(described);
  const fitting = described.map((field) => ({
    name: field.name,
    samples: samplesOf(field).filter(({ value }) => keep(site, type, { ...defaults, [field.name]: value })),
  }));
  const together = ROLES.map(({ role, what }) => {
    const chosen = fitting.flatMap(({ name, samples }) => {
      const found = samples.find((one) => one.role === role);
      return found === undefined ? [] : [[name, found.value] as const];
    });
    return { what, fields: { ...defaults, ...Object.fromEntries(chosen) } };
  });
  const single = fitting.flatMap(({ name, samples }) =>
    samples.map(({ what, value }) => ({
      what: `${what} in ${name}`,
      fields: { ...defaults, [name]: value },
    })),
  );
  const plain = fitting.filter(({ samples }) => samples.length === 0).map(({ name }) => name);
  const fields = [...single, ...together].flatMap(({ what, fields: given }) => {
    const kept = keep(site, type, given);
    return kept === undefined || described.length === 0 ? [] : [{ what, fields: kept }];
  });
  return { fields, plain };
}

/** Fields as they are kept; undefined where they are refused. */
function keep(site: Site<never>, type: string, fields: JsonObject): JsonObject | undefined {
  const checked = checkWidgetFields(site, type, fields);
  return checked.ok ? checked.fields : undefined;
}

const ROLES: readonly { readonly role: Sample['role']; readonly what: string }[] = [
  { role: 'empty', what: 'all fields empty' },
  { role: 'full', what: 'all fields full' },
  { role: 'hostile', what: 'hostile text in all fields' },
];
