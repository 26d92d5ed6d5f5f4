import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { isId, isTypeName } from '../../tree/widget.ts';
import type { Answer } from '../server/answer.ts';
import { ask } from '../server/request.ts';

/** One thing that a link can point at. */
export interface FoundTarget {
  /** What a field keeps: `widgy:page/42`. */
  readonly reference: string;
  readonly label: string;
  /** Its address; undefined for what has none at present. */
  readonly url: string | undefined;
  /** The address of a small picture of it; undefined for what is no picture. */
  readonly picture: string | undefined;
}

/** What was found of one type. */
export interface FoundGroup {
  readonly label: string;
  readonly targets: readonly FoundTarget[];
  readonly hasMore: boolean;
}

/** What is searched for. */
export interface LinkQuestion {
  /** The URL of the document in the API. */
  readonly document: string;
  readonly text: string;
  /** The types that a field takes; undefined for all that can have an address. */
  readonly types: readonly string[] | undefined;
  /** Whether only pictures are wanted. */
  readonly isPicture: boolean;
  /** The language whose order of letters holds. */
  readonly language: string;
}

/** Characters of a search that are sent. */
const MAX_TEXT = 200;

/** Searches what links may point at. */
export async function searchLinks(question: LinkQuestion): Promise<Answer<readonly FoundGroup[]>> {
  const { document, text, types, isPicture, language } = question;
  const query = new URLSearchParams({ text: text.slice(0, MAX_TEXT).toWellFormed(), language });
  const [type, ...others] = types ?? [];
  if (type !== undefined && others.length === 0) query.set('type', type);
  if (isPicture) query.set('pictures', 'true');
  return await ask({ method: 'GET', url: `${document}/links?${query}` }, ({ groups }) =>
    Array.isArray(groups)
      ? groups.filter(isPlainObject).flatMap((group) => readGroup(group, question))
      : undefined,
  );
}

function readGroup(group: PlainObject, { types, isPicture }: LinkQuestion): readonly FoundGroup[] {
  const { type, label, targets, hasMore, hasAddresses } = group;
  if (!isTypeName(type) || typeof label !== 'string' || !Array.isArray(targets)) return [];
  if (types === undefined ? hasAddresses === false : !types.includes(type)) return [];
  const found = targets.filter(isPlainObject).flatMap((target) => readTarget(type, target));
  const taken = isPicture ? found.filter(({ picture }) => picture !== undefined) : found;
  return taken.length === 0 ? [] : [{ label, targets: taken, hasMore: hasMore === true }];
}

function readTarget(type: string, { id, label, url, picture }: PlainObject): readonly FoundTarget[] {
  if (!isId(id) || typeof label !== 'string') return [];
  const small = isPlainObject(picture) ? picture.url : undefined;
  return [
    {
      reference: `widgy:${type}/${id}`,
      label,
      url: typeof url === 'string' ? url : undefined,
      picture: typeof small === 'string' ? small : undefined,
    },
  ];
}
