import type { Author } from '../../documents/author.ts';
import type { TypeRules } from '../../tree/rules/type-rules.ts';
import type { SiteType } from '../../widgets/site.ts';
import { json, jsonText } from '../answer.ts';
import { defineRoute, NO_BODY, NOTHING } from '../route.ts';
import { OpenApi, SiteDescription } from '../schemas/site.ts';

const site = defineRoute({
  name: 'describeSite',
  summary: 'The types of the site with their fields and rules, and what one may do with each',
  method: 'GET',
  path: '/site',
  policy: 'describe',
  params: NOTHING,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'The site', schema: SiteDescription } },
  async handle({ api, author }) {
    const { types, catalogue } = api.documents.site;
    const { depth, widgets, bytes, fieldBytes, fieldDepth } = api.documents.limits;
    const described = [];
    for (const [type, known] of types) {
      const rules = catalogue.get(type);
      if (rules !== undefined) described.push(await describeType(known, rules, author));
    }
    return json({ types: described, limits: { depth, widgets, bytes, fieldBytes, fieldDepth } });
  },
});

const openApi = defineRoute({
  name: 'readOpenApi',
  summary: 'This description of the API',
  method: 'GET',
  path: '/openapi.json',
  policy: 'describe',
  params: NOTHING,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'An OpenAPI document', schema: OpenApi } },
  handle: ({ api }) => jsonText(api.openApi()),
});

async function describeType({ definition, fields }: SiteType, rules: TypeRules, author: Author) {
  const { type, label, description, summary, jsonSchema } = definition;
  const { acceptsChild, acceptsParent } = rules;
  return {
    ...{ type, label, description, summary, fields, jsonSchema },
    rules: rulesJson(rules),
    hasFunctions: acceptsChild !== undefined || acceptsParent !== undefined,
    permissions: {
      add: (await author.may('add', type)) === true,
      change: (await author.may('change', type)) === true,
      delete: (await author.may('delete', type)) === true,
    },
  };
}

/** The rules that are data. */
function rulesJson(rules: TypeRules) {
  const { type, label, groups, fields, draggable, deletable, editable } = rules;
  const { children, parents, notInsideItself, isRootChoice } = rules;
  return {
    ...{ type, label, groups, fields, draggable, deletable, editable },
    ...{ children, parents, notInsideItself, isRootChoice },
  };
}

/** What there is to know without a document. */
export const siteRoutes = [site, openApi];
