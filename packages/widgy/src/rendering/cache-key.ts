import { hash } from 'node:crypto';
import { WidgyError } from '../errors.ts';
import { canonicalJson, type JsonValue } from '../tree/json.ts';
import { hashTree, type Tree } from '../tree/tree.ts';
import { asJson } from '../widgets/fields/json-schema.ts';
import type { Purpose } from './frame.ts';
import type { ResolvedReference, ResolvedReferences } from './references.ts';

/** What HTML is made from. */
export interface CacheKeyParts {
  readonly tree: Tree;
  readonly purpose: Purpose;
  /** Of all templates of the site. */
  readonly fingerprint: string;
  readonly references: ResolvedReferences;
  /** The variables that the page names, with their values. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
  /** What the request decides about tags, but for the value of its nonce. */
  readonly hasNonce: boolean;
  readonly url: string | undefined;
  /** Whether templates see the site itself as `site`, and not what a page calls so. */
  readonly isSiteOwn: boolean;
}

/**
 * The key that HTML is kept under.
 *
 * @throws WidgyError `cache-key-invalid` for a variable that is no plain data: nothing can tell whether it is the same as before
 */
export function cacheKey(parts: CacheKeyParts): string {
  const { tree, purpose, fingerprint, references, variables, names, hasNonce, url, isSiteOwn } = parts;
  // What most pages have. Everything here is of a known form, and a hash of all of it would take longer than finding the HTML.
  if (references.size === 0 && names.length === 0 && url === undefined)
    return `${hashTree(tree)} ${purpose} ${fingerprint} ${hasNonce} ${isSiteOwn}`;
  const values = [...new Set(names)].sort().map((name) => [name, plainValue(name, variables)]);
  const targets = [...references].sort(([a], [b]) => (a < b ? -1 : 1));
  const whole: JsonValue = [
    ...[hashTree(tree), purpose, fingerprint, hasNonce, url ?? null, isSiteOwn],
    ...[values, targets.map(([text, target]) => [text, ...keyOf(target)])],
  ];
  return hash('sha256', canonicalJson(whole), 'base64url');
}

function keyOf({ url, label, data, tree }: ResolvedReference): readonly JsonValue[] {
  return [url ?? null, label, data ?? null, tree === undefined ? null : hashTree(tree)];
}

/** The value in a list of its own, and an empty list for a variable that is not there. */
function plainValue(name: string, variables: Readonly<Record<string, unknown>>): readonly JsonValue[] {
  if (!Object.hasOwn(variables, name) || variables[name] === undefined) return [];
  const value = asJson(variables[name]);
  if (value !== undefined) return [value];
  throw new WidgyError('cache-key-invalid', { message: `the variable "${name}" is no plain data` });
}
