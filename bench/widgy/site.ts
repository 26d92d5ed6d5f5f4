import { join } from 'node:path';
import { z } from 'zod';
import type { Linkable } from '../../packages/widgy/src/links/index.ts';
import { createRenderer, type Renderer } from '../../packages/widgy/src/rendering/index.ts';
import {
  defineSite,
  defineWidget,
  type Site,
  type WidgetType,
} from '../../packages/widgy/src/widgets/index.ts';

/** A level of a page: its types, and what stands in them. */
interface Level {
  readonly name: string;
  readonly count: number;
  /** Groups. */
  readonly accept: readonly string[];
}

/** From the top down; what stands in nothing else is content. With those of the content these are 60 types. */
const LEVELS: readonly Level[] = [
  { name: 'page', count: 1, accept: ['section'] },
  { name: 'section', count: 3, accept: ['row', 'content'] },
  { name: 'row', count: 3, accept: ['column'] },
  { name: 'column', count: 3, accept: ['box', 'content'] },
  { name: 'box', count: 2, accept: ['card', 'content'] },
  { name: 'card', count: 2, accept: ['panel', 'content'] },
  { name: 'panel', count: 2, accept: ['content'] },
];
const CONTENT = 44;

/** Widgets in one slot. The trees have room left everywhere. */
const MOST_CHILDREN = 40;

/** Names of the types that hold others, by level. */
export const holders: readonly (readonly string[])[] = LEVELS.map(({ name, count }) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`),
);

/** Names of the types that hold nothing. */
export const contents: readonly string[] = Array.from({ length: CONTENT }, (_, index) => `content-${index}`);

const HOLDER = '<section id="{{ widget.id }}"><h2>{{ fields.title }}</h2>{% render_children %}</section>\n';
const ARTICLE = `<article class="{{ widget.type }}"><h3>{{ fields.title }}</h3>{{ fields.body }}
{% if fields.to %}<p><a href="{{ fields.to }}">{{ fields.to.label }}</a></p>{% endif %}</article>\n`;

/** The files of the site, named from its folder: a template for each type. */
export const siteFiles: Readonly<Record<string, string>> = Object.fromEntries([
  ...holders.flat().map((type) => [`${type}/render.liquid`, HOLDER]),
  ...contents.map((type) => [`${type}/render.liquid`, ARTICLE]),
]);

/** A site of 60 types whose files are in a folder. */
export function benchSite(folder: string): Site {
  return defineSite({ folder, widgets: [...holdersOf(folder), ...contentsOf(folder)] });
}

function holdersOf(folder: string): readonly WidgetType[] {
  return LEVELS.flatMap(({ name, accept }, level) =>
    (holders[level] ?? []).map((type) =>
      defineWidget({
        type,
        label: type,
        directory: join(folder, type),
        groups: [name],
        isRootChoice: name === 'page',
        children: { accept, max: name === 'page' ? 1000 : MOST_CHILDREN },
        ...(name === 'panel' ? { notInsideItself: true } : {}),
        fields: z.object({ title: z.string().max(200).default('') }),
      }),
    ),
  );
}

function contentsOf(folder: string): readonly WidgetType[] {
  return contents.map((type) =>
    defineWidget({
      type,
      label: type,
      directory: join(folder, type),
      groups: ['content'],
      fields: z.object({
        title: z.string().max(200).default(''),
        body: z.string().default('').meta({ kind: 'rich-text' }),
        to: z.string().default('').meta({ kind: 'link' }),
      }),
    }),
  );
}

/** Links point at documents: so the database is asked for them, as it is on a real site. */
export const linkable: Linkable = {
  type: 'document',
  label: 'Document',
  plural: 'Documents',
  async resolve(queries, ids) {
    const rows = await queries.selectFrom('documents').select('id').where('id', 'in', ids).execute();
    return rows.map(({ id }) => ({ id, label: `Document ${id}`, url: `/${id}/` }));
  },
  search: async () => [],
};

/** Renders trees of the site; what cannot be shown ends the benchmark. */
export function benchRenderer(site: Site): Renderer {
  return createRenderer({
    site,
    onFailure({ widget, message }) {
      throw new Error(`The widget "${widget}" cannot be shown: ${message}`);
    },
  });
}
