import type { DocumentStore } from '../../documents/index.ts';
import { linkChoices, MAX_CHOICES } from '../../links/choices.ts';
import { formatReference, parseReference, type Reference, resolveReferences } from '../../links/index.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { FormState } from '../../widgets/fields/form-state.ts';
import type { LinkGroup } from '../../widgets/fields/link-choices.ts';
import type { FormOptions, WidgetForm } from '../../widgets/widget-form.ts';

/**
 * What the controls of links in the form of a widget offer: the first things of each type, pictures beside them where a field takes
 * pictures, all that the form points at already, and what was searched for. A few statements for each type of things; none for a form
 * without links.
 */
export async function formChoices(
  { database, linkables, site }: DocumentStore,
  fields: readonly FieldDescription[],
  { state, search }: WidgetForm,
): Promise<Pick<FormOptions, 'links' | 'search'>> {
  const all = withInner(fields);
  if (!all.some(({ takesReferences }) => takesReferences === true)) return { links: [] };
  const { kysely } = database;
  const takesPictures = all.some(({ kind }) => site.kinds[kind]?.takes?.isPicture === true);
  const any = await linkChoices(kysely, linkables, { limit: MAX_CHOICES });
  const pictures = takesPictures
    ? await linkChoices(kysely, linkables, { limit: MAX_CHOICES, isPicture: true })
    : [];
  const chosen = [...(await resolveReferences(kysely, linkables, referencesIn(state)))].flatMap(
    ([text, target]): readonly LinkGroup[] => {
      const linkable = linkables.get(parseReference(text)?.type ?? '');
      if (linkable === undefined) return [];
      const { type, plural: label, hasAddresses = true } = linkable;
      return [{ type, label, targets: [target], ...(hasAddresses ? {} : { hasAddresses }) }];
    },
  );
  const links = merged([...any, ...pictures, ...chosen]);
  if (search === undefined) return { links, search: {} };
  const isPicture = site.kinds[fieldAt(fields, search.path)?.kind ?? '']?.takes?.isPicture === true;
  const groups = await linkChoices(kysely, linkables, { text: search.text, limit: MAX_CHOICES, isPicture });
  return { links, search: { ...search, groups } };
}

/** Groups of which several may be of one type, as one of each type, in which everything is once. */
function merged(groups: readonly LinkGroup[]): readonly LinkGroup[] {
  const byType = new Map<string, LinkGroup>();
  for (const group of groups) {
    const known = byType.get(group.type);
    const ids = new Set(known?.targets.map(({ id }) => id));
    const more = group.targets.filter(({ id }) => !ids.has(id));
    byType.set(group.type, known === undefined ? group : { ...known, targets: [...known.targets, ...more] });
  }
  return [...byType.values()];
}

function withInner(fields: readonly FieldDescription[]): readonly FieldDescription[] {
  return fields.flatMap((field) => (field.shape === 'list' ? [field, ...withInner(field.fields)] : [field]));
}

/** The field that a pointer into the fields of a widget means: `/slides/2/picture`. */
function fieldAt(fields: readonly FieldDescription[], path: string): FieldDescription | undefined {
  const names = path.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
  const [name, ...inner] = names;
  const field = fields.find((one) => one.name === name);
  if (field === undefined || inner.length === 0) return field;
  return field.shape === 'list' ? fieldAt(field.fields, inner.join('/')) : undefined;
}

/** The references that a form shows, each once. */
function referencesIn(state: FormState): readonly Reference[] {
  const found = new Map<string, Reference>();
  const look = (each: FormState): void => {
    for (const entry of Object.values(each)) {
      if (entry.kind === 'items') entry.items.forEach(look);
      const reference = entry.kind === 'text' ? parseReference(entry.text) : undefined;
      if (reference !== undefined) found.set(formatReference(reference), reference);
    }
  };
  look(state);
  return [...found.values()];
}
