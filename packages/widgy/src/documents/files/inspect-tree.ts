import { isSameJson, type JsonObject } from '../../tree/json.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { checkTree } from '../../tree/rules/check-tree.ts';
import type { Violation } from '../../tree/rules/violation.ts';
import { createTree, type Tree } from '../../tree/tree.ts';
import { createWidget, fold, type Widget, walk } from '../../tree/widget.ts';
import { sanitiseFields } from '../../widgets/fields/check.ts';
import { checkWidgetFields, type Site } from '../../widgets/site.ts';

/**
 * What a site may have against a tree that was not made under its rules of today.
 *
 * - `type-unknown`: the code has no such type; the widget keeps its data and shows nothing
 * - `rule-broken`: a widget stands where it may not stand
 * - `field-invalid`: a field does not fit its schema; what is shown in its place is its default
 * - `field-unsafe`: a field has what its sanitiser takes out
 */
export type TreeFindingCode = 'type-unknown' | 'rule-broken' | 'field-invalid' | 'field-unsafe';

/** One thing that a site has against a tree. */
export interface TreeFinding {
  readonly code: TreeFindingCode;
  readonly widget: string;
  readonly type: string;
  /** The field, as a JSON Pointer into the fields; absent where it is not about one. */
  readonly field?: string;
  /** What it is, in one sentence. */
  readonly what: string;
}

/** What a site has against a tree, and the tree with its fields sanitised: the same value where nothing was to be taken out. */
export interface Inspection {
  readonly findings: readonly TreeFinding[];
  readonly clean: Tree;
}

/** Looks at a tree with the rules and the schemas that a site has today. Types that the site does not have stay as they are. */
export function inspectTree(tree: Tree, site: Site<never>): Inspection {
  const findings: TreeFinding[] = [];
  for (const { id: widget, type, fields } of walk(tree.root)) {
    if (!site.types.has(type)) {
      findings.push({ code: 'type-unknown', widget, type, what: `the site has no type "${type}"` });
      continue;
    }
    const clean = sanitised(site, type, fields);
    for (const name of Object.keys(fields)) {
      if (isSameJson(fields[name], clean[name])) continue;
      const what = `the field "${name}" has what its sanitiser takes out`;
      findings.push({ code: 'field-unsafe', widget, type, field: `/${name}`, what });
    }
    const checked = checkWidgetFields(site, type, fields);
    for (const { path, message } of checked.ok ? [] : checked.errors) {
      const what = `the field ${path} does not fit: ${message}`;
      findings.push({ code: 'field-invalid', widget, type, field: path, what });
    }
  }
  for (const violation of checkTree(tree, site.catalogue)) {
    if (!isAboutUnknown(violation, site.catalogue)) findings.push(ruleFinding(violation, tree));
  }
  const isUnsafe = findings.some(({ code }) => code === 'field-unsafe');
  return { findings, clean: isUnsafe ? cleanTree(tree, site) : tree };
}

/** Nothing is said of what may stand in a type that the code no longer has, or where that may stand. */
function isAboutUnknown({ parent, child }: Violation, catalogue: Catalogue): boolean {
  return [parent, child].some((named) => named !== undefined && !catalogue.has(named.type));
}

function ruleFinding({ parent, child, what }: Violation, { root }: Tree): TreeFinding {
  const { id = root.id, type } = child ?? parent ?? root;
  return { code: 'rule-broken', widget: id, type, what };
}

function sanitised(site: Site<never>, type: string, fields: JsonObject): JsonObject {
  const known = site.types.get(type);
  return known === undefined ? fields : sanitiseFields(fields, { ...site, fields: known.fields });
}

function cleanTree({ root }: Tree, site: Site<never>): Tree {
  const clean = fold<Widget>(root, ({ id, type, slot, fields }, children) =>
    createWidget({ id, type, slot, fields: sanitised(site, type, fields), children }),
  );
  return createTree(clean);
}
