import { isAbsolute } from 'node:path';
import { WidgyError } from '../errors.ts';
import type { Catalogue } from '../tree/rules/catalogue.ts';
import type { TypeRules } from '../tree/rules/type-rules.ts';
import { assetFolderName } from './asset-names.ts';
import type { WidgetType } from './define-widget.ts';
import { BUILT_IN_KINDS } from './fields/built-in-kinds.ts';
import { type CheckedFields, checkFields } from './fields/check.ts';
import { defaultsOf, describeFields } from './fields/describe.ts';
import type { FieldDescription } from './fields/description.ts';
import type { FieldKinds } from './fields/kind.ts';
import { defaultSanitisers, type Sanitisers } from './fields/sanitise.ts';
import { checkOverrides, type FoundFile, type FoundFiles, findFiles } from './find-files.ts';
import { didYouMean } from './nearest.ts';
import { checkPermissions, type Permissions } from './permissions.ts';
import { catalogueOf, registerTypes } from './registry.ts';
import type { TemplateKind, WidgetFileRole } from './widget-files.ts';

/** What a site is defined with. */
export interface SiteDefinition<User = unknown> {
  /** The folder of the site, absolute: `import.meta.dirname`. Packages are looked up from there, as the compressor does. */
  readonly folder: string;
  readonly widgets: readonly WidgetType[];
  /** Folders with templates that replace those of widgets: `FOLDER/slideshow/render.liquid`. Absolute; the first one wins. */
  readonly templates?: readonly string[];
  /** Who may do what with which types. Nobody may do anything that is not permitted here. */
  readonly permissions?: Permissions<User>;
  /**
   * Has the last word on what may stand where: it is given the rules of each type, and gives back those that hold. As they
   * are data, what it allows or forbids is known to the browser too.
   */
  readonly adjustRules?: (rules: TypeRules) => TypeRules;
  /** Kinds of fields of the site's own. */
  readonly kinds?: FieldKinds;
  /** What makes rich text and Markdown harmless. Default: `defaultSanitisers`. */
  readonly sanitise?: Partial<Sanitisers>;
}

/** A type as one site has it. */
export interface SiteType {
  readonly definition: WidgetType;
  readonly fields: readonly FieldDescription[];
  readonly files: FoundFiles;
}

/** A site: its types and what it decides about them. Immutable; a process may have several. */
export interface Site<User = unknown> {
  readonly folder: string;
  readonly types: ReadonlyMap<string, SiteType>;
  /** What trees are checked with. */
  readonly catalogue: Catalogue;
  readonly permissions: Permissions<User>;
  readonly kinds: FieldKinds;
  readonly sanitise: Sanitisers;
  /** The styles of all widgets by names that the compressor finds, sorted; so are the others. For `{% compress %}` blocks. */
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  readonly editorStyles: readonly string[];
  readonly editorScripts: readonly string[];
}

/**
 * Defines a site: checks everything that can be checked before the first request, and finds the files of its widgets.
 *
 * @throws WidgyError with what to correct
 */
export function defineSite<User = unknown>(definition: SiteDefinition<User>): Site<User> {
  const { folder, widgets, templates = [], permissions = {}, adjustRules } = definition;
  for (const path of [folder, ...templates]) {
    if (!isAbsolute(path))
      throw new WidgyError('folder-missing', { message: `"${path}" is no absolute path` });
  }
  const registered = registerTypes(widgets);
  const catalogue = catalogueOf([...registered.values()].map(({ rules }) => adjusted(rules, adjustRules)));
  checkPermissions(permissions, registered);
  for (const root of templates) checkOverrides(root, [...registered.keys()]);
  const kinds = kindsOf(definition.kinds ?? {});
  const sanitise = { ...defaultSanitisers, ...definition.sanitise };
  const types = new Map<string, SiteType>();
  for (const [type, widget] of registered) {
    const fields = describeFields(widget.formSchema, { type, kinds });
    types.set(type, { definition: widget, fields, files: findFiles(widget, templates) });
  }
  const assets = (role: WidgetFileRole) => assetNames([...types.values()], role, folder);
  const site: Site<User> = Object.freeze({
    folder,
    types,
    catalogue,
    permissions,
    kinds,
    sanitise,
    styles: assets('style'),
    scripts: assets('script'),
    editorStyles: assets('editorStyle'),
    editorScripts: assets('editorScript'),
  });
  for (const [type, { fields }] of types) checkDefaults(site, type, fields);
  return site;
}

/** The template that shows widgets of a type; undefined if there is none, as for a type that the code no longer has. */
export function findTemplate(site: Site<never>, type: string, kind: TemplateKind): FoundFile | undefined {
  return site.types.get(type)?.files[kind];
}

/**
 * Checks and sanitises the fields of a widget that somebody wants to keep. Fields of a type that the code does not have are refused:
 * they can only stay as they are.
 */
export function checkWidgetFields(site: Site<never>, type: string, fields: unknown): CheckedFields {
  const known = site.types.get(type);
  if (known !== undefined)
    return checkFields(fields, { ...site, schema: known.definition.fields, fields: known.fields });
  const near = didYouMean(type, [...site.types.keys()]);
  const message = `The site has no type ${JSON.stringify(type)}. ${near}`.trim();
  return { ok: false, errors: [{ code: 'unknown-type', path: '', message }] };
}

function adjusted(rules: TypeRules, adjust: SiteDefinition['adjustRules'] = (same) => same): TypeRules {
  const changed = adjust(rules);
  if (changed.type === rules.type) return changed;
  const message = `adjustRules gave back the rules of "${changed.type}" for "${rules.type}"`;
  throw new WidgyError('widget-invalid', { message, help: 'It may change all but the type.' });
}

function kindsOf(own: FieldKinds): FieldKinds {
  for (const [name, kind] of Object.entries(own)) {
    const refuse = (what: string) =>
      new WidgyError('kind-invalid', { message: `the kind "${name}" ${what}` });
    if (Object.hasOwn(BUILT_IN_KINDS, name)) throw refuse('is built in and cannot be replaced');
    if (kind.shape === 'own' && (kind.read === undefined || kind.write === undefined))
      throw refuse('has the shape "own" and needs read and write');
  }
  return { ...BUILT_IN_KINDS, ...own };
}

/** What the kinds of fields have against the defaults is found before the first widget is made. */
function checkDefaults(site: Site<never>, type: string, fields: readonly FieldDescription[]): void {
  const checked = checkWidgetFields(site, type, defaultsOf(fields));
  if (checked.ok) return;
  const [error] = checked.errors;
  throw new WidgyError('field-invalid', {
    message: `the type "${type}" has a default that cannot be kept, at ${error?.path}: ${error?.message}`,
  });
}

function assetNames(types: readonly SiteType[], role: WidgetFileRole, folder: string): readonly string[] {
  const files = types.map(({ files }) => files[role]).filter((file) => file !== undefined);
  const names = files.map((file) => assetName(file, folder));
  return [...new Set(names)].sort();
}

/**
 * The name by which the compressor finds a file of a widget.
 *
 * @param site the folder of the site
 * @throws WidgyError `folder-unreachable`
 */
export function assetName({ folder, name }: FoundFile, site: string): string {
  return `${assetFolderName(folder, site)}/${name}`;
}
