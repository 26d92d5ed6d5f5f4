import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Draft } from '../../documents/drafts/draft.ts';
import { askFor } from '../../documents/drafts/permissions.ts';
import { readDraft } from '../../documents/drafts/read-draft.ts';
import { readStates } from '../../documents/drafts/read-state.ts';
import { documentMissing, type RefusedDocument } from '../../documents/refusal.ts';
import { linkChoices, MAX_CHOICES, MAX_SEARCH_LENGTH } from '../../links/choices.ts';
import { possibleParents } from '../../tree/rules/possible-parents.ts';
import { possibleChildren } from '../../tree/rules/shelf.ts';
import { findWidget } from '../../tree/tree.ts';
import { html } from '../../widgets/fields/html.ts';
import { readTexts } from '../../widgets/read-texts.ts';
import { checkWidgetFields } from '../../widgets/site.ts';
import { widgetForm } from '../../widgets/widget-form.ts';
import { htmlPage, json } from '../answer.ts';
import type { ApiServices } from '../call.ts';
import { FORM_POLICY } from '../forms.ts';
import { DOCUMENT_PARAMS, NUMBER_TEXT, WIDGET_PARAMS } from '../input.ts';
import { offeredTypes } from '../offered-types.ts';
import { refuseCall } from '../problem.ts';
import { defineRoute, NO_BODY, NOTHING } from '../route.ts';
import { Form, FormTexts, LinkChoices, PossibleParents, Shelves, TextValues } from '../schemas/widgets.ts';
import { widgetMissing } from './trees.ts';

const form = defineRoute({
  name: 'readForm',
  summary: 'The edit form of a widget of the draft: as data, or as HTML where that is asked for',
  method: 'GET',
  path: '/documents/:document/widgets/:widget/form',
  policy: 'edit',
  params: WIDGET_PARAMS,
  query: z.strictObject({ format: z.enum(['json', 'html']).optional() }),
  body: NO_BODY,
  answers: { 200: { what: 'The form', schema: Form, texts: ['text/html'] } },
  async handle({ api, author, params, query, request, state }) {
    const { documents } = api;
    const { site, database, linkables } = documents;
    if (state === undefined) return documentMissing(params.document);
    const found = await draftOf(api, params.document);
    if (!found.ok) return found;
    const widget = findWidget(found.draft.tree, params.widget);
    if (widget === undefined) return widgetMissing(params.widget);
    const { type, fields: values } = widget;
    const known = site.types.get(type);
    if (known === undefined) {
      const detail = `the code has no type "${type}" any more: its widgets can be seen and deleted, but not edited`;
      return refuseCall('type-unknown', detail, { widgetType: type });
    }
    const forbidden = await askFor([{ action: 'change', type }], author);
    if (forbidden !== undefined) return forbidden;
    const { fields } = known;
    const checked = checkWidgetFields(site, type, values);
    const errors = checked.ok ? [] : checked.errors;
    const vary = { Vary: 'Accept' };
    if (query.format === 'html' || (query.format === undefined && prefersHtml(request))) {
      const hasLinks = fields.some(({ kind, shape }) => kind === 'link' || shape === 'list');
      const links = hasLinks ? await linkChoices(database.kysely, linkables) : [];
      const printed = await api.forms({
        ...{ documents, document: state, widget: widget.id, links, request },
        form: { ...widgetForm(site, type, values), errors },
      });
      return htmlPage(html`${printed}`.toString(), FORM_POLICY, vary);
    }
    const { label } = known.definition;
    const { sequence } = found.draft;
    const shown = { widget: widget.id, type, label, sequence, fields, values, errors };
    return json(shown, { headers: vary });
  },
});

const texts = defineRoute({
  name: 'readTexts',
  summary: 'The values that texts typed into the edit form of a widget mean; nothing is kept',
  method: 'POST',
  path: '/documents/:document/widgets/:widget/form',
  policy: 'edit',
  params: WIDGET_PARAMS,
  query: NOTHING,
  body: FormTexts,
  answers: { 200: { what: 'The values', schema: TextValues } },
  async handle({ api, author, params, body }) {
    const { site } = api.documents;
    const found = await draftOf(api, params.document);
    if (!found.ok) return found;
    const widget = findWidget(found.draft.tree, params.widget);
    if (widget === undefined) return widgetMissing(params.widget);
    const { type } = widget;
    const known = site.types.get(type);
    if (known === undefined) {
      const detail = `the code has no type "${type}" any more: its widgets can be seen and deleted, but not edited`;
      return refuseCall('type-unknown', detail, { widgetType: type });
    }
    const forbidden = await askFor([{ action: 'change', type }], author);
    return forbidden ?? json(readTexts(site, known, body.texts));
  },
});

const links = defineRoute({
  name: 'searchLinks',
  summary: 'What links may point at, in groups by type',
  method: 'GET',
  path: '/documents/:document/links',
  policy: 'edit',
  params: DOCUMENT_PARAMS,
  query: z.strictObject({
    text: z.string().max(MAX_SEARCH_LENGTH).optional(),
    type: z.string().optional(),
    limit: NUMBER_TEXT.pipe(z.int().min(1).max(MAX_CHOICES)).optional(),
    language: z.string().max(35).refine(isLanguage, 'must be a language as BCP 47 names it').optional(),
    pictures: z.literal('true').optional(),
    documents: z.literal('true').optional(),
  }),
  body: NO_BODY,
  answers: { 200: { what: 'Some choices', schema: LinkChoices } },
  async handle({ api, query, isAllowedFor }) {
    const { text = '', type, limit, language, pictures, documents } = query;
    const { kysely } = api.documents.database;
    const groups = await linkChoices(kysely, api.documents.linkables, {
      text,
      ...(type === undefined ? {} : { types: [type] }),
      ...(limit === undefined ? {} : { limit }),
      ...(language === undefined ? {} : { language }),
      ...(pictures === undefined ? {} : { isPicture: true }),
    });
    const named = groups.flatMap(({ targets }) => targets.flatMap(({ document }) => document ?? []));
    const editable = new Set<string>();
    for (const state of documents === undefined ? [] : await readStates(kysely, named))
      if (await isAllowedFor('edit', state)) editable.add(state.document);
    return json({
      groups: groups.map(({ targets, ...group }) => ({
        ...group,
        targets: targets.map(({ id, label, url, picture, document }) => ({
          ...{ id, label, url, picture },
          ...(document !== undefined && editable.has(document) ? { document } : {}),
        })),
      })),
    });
  },
});

const parentsOfWidget = defineRoute({
  name: 'listParentsOfWidget',
  summary: 'The widgets of the draft that a widget may be moved into',
  method: 'GET',
  path: '/documents/:document/widgets/:widget/parents',
  policy: 'edit',
  params: WIDGET_PARAMS,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'The possible parents', schema: PossibleParents } },
  async handle({ api, params }) {
    const found = await draftOf(api, params.document);
    if (!found.ok) return found;
    const { draft } = found;
    if (findWidget(draft.tree, params.widget) === undefined) return widgetMissing(params.widget);
    return parentsAnswer(api, draft, { id: params.widget });
  },
});

const parentsOfType = defineRoute({
  name: 'listParentsOfType',
  summary:
    'The widgets of the draft that a new widget of a type may be put into; none where one may not add it',
  method: 'GET',
  path: '/documents/:document/parents',
  policy: 'edit',
  params: DOCUMENT_PARAMS,
  query: z.strictObject({ type: z.string() }),
  body: NO_BODY,
  answers: { 200: { what: 'The possible parents', schema: PossibleParents } },
  async handle({ api, author, params, query }) {
    const found = await draftOf(api, params.document);
    if (!found.ok) return found;
    const { draft } = found;
    const [offered] = await offeredTypes(api.documents.site, author, [query.type]);
    if (offered === undefined) return json({ sequence: draft.sequence, parents: [] });
    return parentsAnswer(api, draft, { type: offered });
  },
});

const shelves = defineRoute({
  name: 'readShelves',
  summary: 'What one may add to each widget of the draft',
  method: 'GET',
  path: '/documents/:document/shelves',
  policy: 'edit',
  params: DOCUMENT_PARAMS,
  query: NOTHING,
  body: NO_BODY,
  answers: { 200: { what: 'The shelves', schema: Shelves } },
  async handle({ api, author, params }) {
    const { site } = api.documents;
    const found = await draftOf(api, params.document);
    if (!found.ok) return found;
    const { tree, sequence } = found.draft;
    const offered = await offeredTypes(site, author, [...site.catalogue.keys()]);
    const { shelves: list, of } = possibleChildren(tree, site.catalogue, offered);
    return json({ sequence, shelves: list, of: Object.fromEntries(of) });
  },
});

async function draftOf(
  { documents }: ApiServices,
  document: string,
): Promise<{ readonly ok: true; readonly draft: Draft } | RefusedDocument> {
  const read = await readDraft(documents, document);
  return read === undefined ? documentMissing(document) : { ok: true, draft: read.draft };
}

function parentsAnswer(
  { documents }: ApiServices,
  { tree, sequence }: Draft,
  subject: Parameters<typeof possibleParents>[1],
) {
  const found = possibleParents(tree, subject, documents.site.catalogue);
  const parents = found.map(({ id, slots }) => ({ id, slots: slots.map((slot) => slot ?? null) }));
  return json({ sequence, parents });
}

/** Browsers that open an address ask for HTML by name, and scripts for JSON or for anything. */
function prefersHtml({ headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? '';
  return /\btext\/html\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept);
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    // What throws is no language: that is the answer.
    return false;
  }
}

/** What an editor needs to know of widgets. */
export const widgetRoutes = [form, texts, links, parentsOfWidget, parentsOfType, shelves];
