import type { TypeDescription } from '../../widgets/site-description.ts';

/** A drawing that stands for what widgets of a type are. */
export type TypePicture =
  | 'box'
  | 'columns'
  | 'code'
  | 'picture'
  | 'link'
  | 'list'
  | 'text'
  | 'line'
  | 'plain';

/** The drawing for a type: by what may stand in it, else by the kinds of its fields. */
export function pictureOf({ rules, fields }: Pick<TypeDescription, 'rules' | 'fields'>): TypePicture {
  const { children } = rules;
  if (children !== undefined && (children.slots?.length ?? 0) > 1) return 'columns';
  if (children !== undefined) return 'box';
  const kinds = new Set(fields.map(({ kind }) => kind));
  const found = BY_KIND.find(([, wanted]) => wanted.some((kind) => kinds.has(kind)));
  if (found !== undefined) return found[0];
  return fields.some(({ shape }) => shape === 'list') ? 'list' : 'plain';
}

/** What says most about a widget first: a picture with a caption is a picture. */
const BY_KIND: readonly (readonly [TypePicture, readonly string[]])[] = [
  ['picture', ['image']],
  ['code', ['html-source', 'unsafe-html', 'markdown']],
  ['text', ['rich-text', 'long-text']],
  ['link', ['link', 'file']],
  ['line', ['text']],
];
