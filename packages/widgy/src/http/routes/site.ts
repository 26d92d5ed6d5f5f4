import { json, jsonText } from '../answer.ts';
import { describeSite } from '../describe-site.ts';
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
  handle: async ({ api, author }) => json(await describeSite(api.documents, author)),
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

/** What there is to know without a document. */
export const siteRoutes = [site, openApi];
