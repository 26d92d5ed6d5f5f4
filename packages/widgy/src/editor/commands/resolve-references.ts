import { parseReference, REFERENCE_PREFIX, type Reference } from '../../widgets/fields/reference.ts';
import { type FoundTarget, MAX_TARGETS } from '../server/links.ts';
import { referencesIn } from '../session/references.ts';
import type { Copied } from './clipboard-text.ts';

/** What of something that references can point at says whether one does. */
export type NamedTarget = Pick<FoundTarget, 'id' | 'label'>;

/** Finds targets of one type by what they are called, some of them where there are many; undefined where the server is not reached. */
export type SearchTargets = (type: string, text: string) => Promise<readonly NamedTarget[] | undefined>;

/** This site, as references can ask it. */
export interface Here {
  readonly origin: string;
  /** The references of this page that lead somewhere, by their text. */
  readonly known: Readonly<Record<string, string>>;
  readonly search: SearchTargets;
}

/** What references in pasted widgets lead to here. */
export interface ResolvedReferences {
  /** Those whose target is called the same here and has another id, with what points at it here. */
  readonly replaced: ReadonlyMap<string, string>;
  /** Those that lead nowhere here. The server takes no such links. */
  readonly unresolved: readonly string[];
}

/**
 * Finds out where the references in pasted widgets lead. One from this site leads where it did, if that is still there; where that cannot be
 * found out, it is left for the server to judge. One from another site leads to what is called the same here, if that is one thing: what has its
 * id here may be something else.
 */
export async function resolveReferences(copied: Copied, here: Here): Promise<ResolvedReferences> {
  const isFromHere = copied.origin === here.origin;
  const replaced = new Map<string, string>();
  const unresolved: string[] = [];
  for (const reference of referencesIn(copied.widgets)) {
    if (isFromHere && Object.hasOwn(here.known, reference)) continue;
    const target = parseReference(reference);
    const label = Object.hasOwn(copied.references, reference) ? copied.references[reference] : undefined;
    const id = target && (await (isFromHere ? idHere(target, label, here) : idByLabel(target, label, here)));
    if (target === undefined || id === undefined) unresolved.push(reference);
    else if (id !== target.id) replaced.set(reference, `${REFERENCE_PREFIX}${target.type}/${id}`);
  }
  return { replaced, unresolved };
}

/** Its own id, unless it is sure that nothing has it. It may be called something else since. */
async function idHere({ type, id }: Reference, label = '', { search }: Here): Promise<string | undefined> {
  for (const text of new Set([label, ''])) {
    const found = await search(type, text);
    if (found === undefined || found.some((each) => each.id === id)) return id;
    // There are more than the server gives at once.
    if (text === '' && found.length >= MAX_TARGETS) return id;
  }
  return undefined;
}

async function idByLabel(
  { type, id }: Reference,
  label: string | undefined,
  { search }: Here,
): Promise<string | undefined> {
  if (label === undefined) return undefined;
  const named = (await search(type, label))?.filter((each) => each.label === label) ?? [];
  return named.find((each) => each.id === id)?.id ?? (named.length === 1 ? named[0]?.id : undefined);
}
