import { fieldOf, type JsonObject } from '../../tree/json.ts';
import type { Operation, SetFields } from '../../tree/operation.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import { createWidget, fold, type Widget } from '../../tree/widget.ts';
import type { FieldError } from '../../widgets/fields/field-error.ts';
import { checkWidgetFields, type Site } from '../../widgets/site.ts';
import { type RefusedDocument, refuseDocument } from '../refusal.ts';

/** A widget whose fields may not be kept, and what is wrong with them. */
export interface RefusedFields {
  readonly ok: false;
  readonly widget: string;
  readonly errors: readonly FieldError[];
}

/** The refusal for fields that may not be kept, of an operation by its index. */
export function fieldsInvalid(index: number, { widget, errors }: RefusedFields): RefusedDocument {
  const [first] = errors;
  const what = `the fields of the widget "${widget}" cannot be kept${first === undefined ? '' : `: ${first.message}`}`;
  return refuseDocument({ code: 'fields-invalid', what, index, widget, errors });
}

/** Checks and sanitises the fields that an operation brings. */
export function withCheckedFields(
  tree: Tree,
  operation: Operation,
  site: Site<never>,
): { readonly ok: true; readonly operation: Operation } | RefusedFields {
  switch (operation.kind) {
    case 'insert': {
      const checked = checkSubtree(operation.widget, site);
      return checked.ok ? { ok: true, operation: { ...operation, widget: checked.widget } } : checked;
    }
    case 'wrap': {
      const { id, type, fields } = operation.widget;
      const checked = checkNew(type, fields, site);
      if (!checked.ok) return { ...checked, widget: id };
      return { ok: true, operation: { ...operation, widget: { id, type, fields: checked.fields } } };
    }
    case 'set':
      return checkSet(tree, operation, site);
    default:
      return { ok: true, operation };
  }
}

/** Types that the site does not have are left to the rules, which refuse them. */
function checkNew(type: string, fields: JsonObject, site: Site<never>) {
  return site.types.has(type) ? checkWidgetFields(site, type, fields) : ({ ok: true, fields } as const);
}

/** Checks and sanitises the fields of a widget and all below it. */
export function checkSubtree(
  widget: Widget,
  site: Site<never>,
): { readonly ok: true; readonly widget: Widget } | RefusedFields {
  let failed: RefusedFields | undefined;
  const checked = fold<Widget>(widget, (each, children) => {
    const fields = checkNew(each.type, each.fields, site);
    if (!fields.ok) failed ??= { ok: false, widget: each.id, errors: fields.errors };
    const { id, type, slot } = each;
    return createWidget({ id, type, slot, fields: fields.ok ? fields.fields : {}, children });
  });
  return failed ?? { ok: true, widget: checked };
}

/**
 * Fields that are set must fit together with those that stay. What was wrong with the latter before, since the schema was another
 * one then, is in nobody's way.
 */
function checkSet(tree: Tree, operation: SetFields, site: Site<never>): ReturnType<typeof withCheckedFields> {
  const { id, fields, unset } = operation;
  const widget = findWidget(tree, id);
  if (widget === undefined || !site.types.has(widget.type)) return { ok: true, operation };
  const kept = Object.entries(widget.fields).filter(([name]) => !unset.includes(name));
  const together = checkWidgetFields(site, widget.type, { ...Object.fromEntries(kept), ...fields });
  const checked = together.ok ? together : checkAlone(widget, operation, together.errors, site);
  if (!checked.ok) return { ok: false, widget: id, errors: checked.errors };
  const clean = Object.keys(fields).map((name) => [name, fieldOf(checked.fields, name) ?? null] as const);
  return { ok: true, operation: { ...operation, fields: Object.fromEntries(clean) } };
}

function checkAlone(
  widget: Widget,
  { fields, unset }: SetFields,
  errors: readonly FieldError[],
  site: Site<never>,
): ReturnType<typeof checkWidgetFields> {
  const before = checkWidgetFields(site, widget.type, widget.fields);
  const old = new Set(before.ok ? [] : before.errors.map(({ code, path }) => `${code} ${path}`));
  const touched = new Set([...Object.keys(fields), ...unset]);
  const isNew = ({ code, path }: FieldError) =>
    touched.has(path.split('/')[1] ?? '') || !old.has(`${code} ${path}`);
  const own = errors.filter(isNew);
  return own.length > 0 ? { ok: false, errors: own } : checkWidgetFields(site, widget.type, fields);
}
