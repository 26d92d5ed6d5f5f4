import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { isId, isTypeName } from '../../tree/widget.ts';
import { REFERENCE_PREFIX } from '../../widgets/fields/reference.ts';
import type { Answer } from './answer.ts';
import type { EditorData } from './editor-data.ts';
import { ask } from './request.ts';

/** One thing that a link can point at. */
export interface FoundTarget {
  readonly id: string;
  /** What a field keeps: `widgy:page/42`. */
  readonly reference: string;
  readonly label: string;
  /** Its address; undefined for what has none at present. */
  readonly url: string | undefined;
  /** The address of a small picture of it; undefined for what is no picture. */
  readonly picture: string | undefined;
  /** The document that it shows, where that was asked for and this person may edit it. */
  readonly document: string | undefined;
}

/** What was found of one type. */
export interface FoundGroup {
  readonly label: string;
  readonly targets: readonly FoundTarget[];
  readonly hasMore: boolean;
}

/** What is searched for. */
export interface LinkQuestion {
  readonly text: string;
  /** The types that a field takes; undefined for all that can have an address. */
  readonly types?: readonly string[] | undefined;
  /** Whether only pictures are wanted. */
  readonly isPicture?: boolean;
  /** The language whose order of letters holds. */
  readonly language: string;
  /** The most of each type; what the server thinks enough where it is not said. */
  readonly limit?: number;
  /** Whether it is wanted which documents this person may edit. The server looks at each for that. */
  readonly hasDocuments?: boolean;
}

/** The most targets of a type that the server gives at once. */
export const MAX_TARGETS = 100;

/** Characters of a search that are sent. */
const MAX_TEXT = 200;

/** Searches what links of a document may point at. */
export async function searchLinks(
  { api, document }: Pick<EditorData, 'api' | 'document'>,
  question: LinkQuestion,
): Promise<Answer<readonly FoundGroup[]>> {
  const { text, types, isPicture, language, limit, hasDocuments } = question;
  const query = new URLSearchParams({ text: text.slice(0, MAX_TEXT).toWellFormed(), language });
  const [type, ...others] = types ?? [];
  if (type !== undefined && others.length === 0) query.set('type', type);
  if (limit !== undefined) query.set('limit', `${limit}`);
  if (isPicture === true) query.set('pictures', 'true');
  if (hasDocuments === true) query.set('documents', 'true');
  const url = `${api}/documents/${encodeURIComponent(document)}/links?${query}`;
  return await ask({ method: 'GET', url }, (answer) => readGroups(answer, question));
}

/** Reads the groups of an answer that fit a question; undefined where it is no answer to one. What is no target is left out. */
export function readGroups(
  { groups }: PlainObject,
  question: Pick<LinkQuestion, 'types' | 'isPicture'>,
): readonly FoundGroup[] | undefined {
  if (!Array.isArray(groups)) return undefined;
  return groups.filter(isPlainObject).flatMap((group) => readGroup(group, question));
}

function readGroup(
  { type, label, targets, hasMore, hasAddresses }: PlainObject,
  { types, isPicture = false }: Pick<LinkQuestion, 'types' | 'isPicture'>,
): readonly FoundGroup[] {
  if (!isTypeName(type) || typeof label !== 'string' || !Array.isArray(targets)) return [];
  if (types === undefined ? hasAddresses === false : !types.includes(type)) return [];
  const found = targets.filter(isPlainObject).flatMap((target) => readTarget(type, target));
  const taken = isPicture ? found.filter(({ picture }) => picture !== undefined) : found;
  return taken.length === 0 ? [] : [{ label, targets: taken, hasMore: hasMore === true }];
}

/** Reads one target of a type; nothing where it is none. */
export function readTarget(
  type: string,
  { id, label, url, picture, document }: PlainObject,
): readonly FoundTarget[] {
  if (!isId(id) || typeof label !== 'string') return [];
  const small = isPlainObject(picture) ? picture.url : undefined;
  return [
    {
      ...{ id, label, reference: `${REFERENCE_PREFIX}${type}/${id}` },
      ...{ url: textOrNothing(url), picture: textOrNothing(small), document: textOrNothing(document) },
    },
  ];
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
