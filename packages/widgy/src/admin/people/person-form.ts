import { z } from 'zod';
import {
  ALL_SITES,
  lackedOf,
  MAX_EMAIL_LENGTH,
  MAX_PERSON_NAME_LENGTH,
  type Role,
  type SignedIn,
  type User,
  type UserRole,
} from '../../accounts/index.ts';
import { isSameJson, type JsonObject } from '../../tree/json.ts';
import type { SubmittedEntries } from '../../widgets/fields/read-submission.ts';
import { adminForm, type NamedError, type ShownForm } from '../form.ts';

/** What a form of a person says. */
export interface PersonValues {
  readonly name: string;
  readonly email: string;
  readonly isActive: boolean;
  readonly roles: readonly UserRole[];
}

/** What the forms of people are made for. */
export interface PersonFormContext {
  readonly siteId: string;
  /** Whether the database has another site: else roles at all sites are the same as those here. */
  readonly hasOtherSites: boolean;
  readonly roles: readonly Role[];
  /** Who fills it in: the form offers the roles that they may give. */
  readonly user: SignedIn;
}

/** A form of a person that was sent: what to keep, or the form to show again. */
export type ReadPersonForm =
  | { readonly ok: true; readonly values: PersonValues; readonly form: ShownForm }
  | { readonly ok: false; readonly form: ShownForm };

/** Shows the form of a person, or an empty one. */
export function showPersonForm(context: PersonFormContext, person: User | undefined): ShownForm {
  return formFor(context, person).show(person && valuesOf(context, person));
}

/** Reads a form of a person, or of somebody new. */
export function readPersonForm(
  context: PersonFormContext,
  person: User | undefined,
  entries: SubmittedEntries,
): ReadPersonForm {
  const read = formFor(context, person).read(entries, person && valuesOf(context, person));
  if (!read.ok) return read;
  const { here, everywhere, elsewhere, ...rest } = READ.parse(read.values);
  const roles = [
    ...here.map((role) => ({ site: context.siteId, role })),
    ...everywhere.map((role) => ({ site: ALL_SITES, role })),
    ...elsewhere.map(elsewhereOf),
  ];
  const values = { ...rest, name: rest.name.trim(), email: rest.email.trim(), roles };
  return { ok: true, values, form: read.form };
}

/**
 * What somebody else made of a person meanwhile, under the names of the fields that say something else; nothing where all is as it is
 * wanted.
 */
export function staleFields(
  context: PersonFormContext,
  wanted: PersonValues,
  now: User,
): readonly NamedError[] {
  const typed = valuesOf(context, wanted);
  const kept = valuesOf(context, now);
  return Object.keys(typed)
    .filter((name) => !isSameJson(typed[name] ?? null, kept[name] ?? null))
    .map((field) => {
      const is = nowText(context, kept, field);
      return { field, message: `Somebody changed this meanwhile: ${is}. Save again to replace it.` };
    });
}

/** Whether somebody holds all that a person may do: only then may they change them. */
export function mayChange({ user, roles }: PersonFormContext, person: User): boolean {
  const grants = person.roles.flatMap(({ site, role }) => {
    const known = roles.find(({ name }) => name === role);
    return known === undefined ? [] : { site, role, permitted: known.permitted };
  });
  return lackedOf(user.rights, grants).length === 0;
}

function formFor(context: PersonFormContext, person: User | undefined) {
  const others = person === undefined ? [] : elsewhereIn(context, person.roles);
  const isOneSite =
    !context.hasOtherSites && (person?.roles ?? []).every(({ site }) => site === context.siteId);
  return adminForm(
    'person',
    z.object({
      name: z.string().max(MAX_PERSON_NAME_LENGTH).default('').meta({ label: 'Name' }),
      email: z.string().max(MAX_EMAIL_LENGTH).default('').meta({ label: 'E-mail address', kind: 'email' }),
      ...(person === undefined
        ? {}
        : {
            isActive: z.boolean().default(true).meta({
              label: 'May sign in',
              help: 'Without it, their sessions end at once, and what they wrote stays.',
            }),
          }),
      ...rolesField(
        'here',
        isOneSite ? 'Roles' : 'Roles at this site',
        givable(context, context.siteId),
        'What they may do. Without one, they can sign in and do nothing else.',
      ),
      ...rolesField(
        'everywhere',
        'Roles at all sites',
        isOneSite ? [] : givable(context, ALL_SITES),
        'They hold here, and at every other site of the same database.',
      ),
      ...rolesField('elsewhere', 'Roles at other sites', others),
    }),
  );
}

type Choice = readonly [name: string, label: string];

function rolesField(name: string, label: string, choices: readonly Choice[], help?: string) {
  if (choices.length === 0) return {};
  const one = z.enum(choices.map(([value]) => value)).meta({ options: Object.fromEntries(choices) });
  return {
    [name]: z
      .array(one)
      .default([])
      .meta({ label, ...(help === undefined ? {} : { help }) }),
  };
}

/** The roles that somebody may give at a site: those that permit nothing which they may not do there themselves. */
function givable({ roles, user }: PersonFormContext, site: string): readonly Choice[] {
  return roles
    .filter(({ name, permitted }) => lackedOf(user.rights, [{ site, role: name, permitted }]).length === 0)
    .map(({ name, label }) => [name, label]);
}

/** Roles at sites that are neither this one nor all of them: they stay as they are, or are taken. */
function elsewhereIn({ siteId, roles }: PersonFormContext, given: readonly UserRole[]): readonly Choice[] {
  return given
    .filter(({ site }) => site !== siteId && site !== ALL_SITES)
    .map(({ site, role }) => {
      const label = roles.find(({ name }) => name === role)?.label ?? role;
      return [`${role} ${site}`, `${label} at ${site}`];
    });
}

function elsewhereOf(text: string): UserRole {
  const end = text.indexOf(' ');
  return { role: text.slice(0, end), site: text.slice(end + 1) };
}

function valuesOf(
  context: PersonFormContext,
  { name, email, isActive, roles }: Pick<User, 'name' | 'email' | 'isActive' | 'roles'>,
): JsonObject {
  const at = (wanted: string) => roles.flatMap(({ site, role }) => (site === wanted ? role : [])).sort();
  const elsewhere = elsewhereIn(context, roles).map(([value]) => value);
  return {
    name,
    email,
    isActive,
    here: at(context.siteId),
    everywhere: at(ALL_SITES),
    elsewhere: elsewhere.sort(),
  };
}

function nowText({ roles }: PersonFormContext, kept: JsonObject, field: string): string {
  const value = kept[field];
  if (field === 'isActive') return value === true ? 'they may sign in' : 'they may not sign in';
  if (!Array.isArray(value)) return `it is “${String(value)}” now`;
  const labels = value.map((name) => roles.find((role) => role.name === name)?.label ?? String(name));
  return labels.length === 0 ? 'none is ticked now' : `ticked are now ${labels.join(', ')}`;
}

/** What any of the forms gives. */
const READ = z.object({
  name: z.string(),
  email: z.string(),
  isActive: z.boolean().default(true),
  here: z.array(z.string()).default([]),
  everywhere: z.array(z.string()).default([]),
  elsewhere: z.array(z.string()).default([]),
});
