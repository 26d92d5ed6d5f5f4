import type { Author } from '../documents/author.ts';
import type { DocumentStore } from '../documents/store.ts';
import type { TypeRules } from '../tree/rules/type-rules.ts';
import { WIDGET_ACTIONS } from '../widgets/define-widget.ts';
import type { SiteType } from '../widgets/site.ts';
import type { RulesData, SiteDescription, TypeDescription } from '../widgets/site-description.ts';

/** The types of a site with their fields and rules, and what somebody may do with each. */
export async function describeSite(
  { site, limits: given }: Pick<DocumentStore, 'site' | 'limits'>,
  author: Author,
): Promise<SiteDescription> {
  const { types, catalogue } = site;
  const { depth, widgets, bytes, fieldBytes, fieldDepth } = given;
  const described: TypeDescription[] = [];
  for (const [type, known] of types) {
    const rules = catalogue.get(type);
    if (rules !== undefined) described.push(await describeType(known, rules, author));
  }
  return { types: described, limits: { depth, widgets, bytes, fieldBytes, fieldDepth } };
}

async function describeType(
  { definition, fields }: SiteType,
  rules: TypeRules,
  author: Author,
): Promise<TypeDescription> {
  const { type, label, description, keywords, summary, jsonSchema } = definition;
  const { acceptsChild, acceptsParent } = rules;
  const permissions = { add: false, change: false, delete: false };
  for (const action of WIDGET_ACTIONS) permissions[action] = (await author.may(action, type)) === true;
  return {
    ...{ type, label, fields, jsonSchema, permissions },
    ...(description === undefined ? {} : { description }),
    ...(keywords.length === 0 ? {} : { keywords }),
    ...(summary === undefined ? {} : { summary }),
    rules: rulesData(rules),
    hasFunctions: acceptsChild !== undefined || acceptsParent !== undefined,
  };
}

/** The rules that are data, and nothing that the site worked out from them. */
function rulesData(rules: TypeRules): RulesData {
  const { type, label, groups, fields, draggable, deletable, editable } = rules;
  const { children, parents, notInsideItself, isRootChoice } = rules;
  return {
    ...{ type, label },
    ...(groups === undefined ? {} : { groups }),
    ...(fields === undefined ? {} : { fields }),
    ...(draggable === undefined ? {} : { draggable }),
    ...(deletable === undefined ? {} : { deletable }),
    ...(editable === undefined ? {} : { editable }),
    ...(children === undefined ? {} : { children }),
    ...(parents === undefined ? {} : { parents }),
    ...(notInsideItself === undefined ? {} : { notInsideItself }),
    ...(isRootChoice === undefined ? {} : { isRootChoice }),
  };
}
