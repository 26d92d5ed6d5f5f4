import type { ResolvedConfig } from '../config/config.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type CodeGoal, isOwnGoal } from '../recipe/recipe.ts';
import type { TagAttributes } from '../recipe/tag-attributes.ts';
import { hasOrigin } from '../url-prefix.ts';
import type { RequestValues } from './request-values.ts';
import { fetchAttributes, mergeAttributes } from './tags.ts';

/**
 * Values for the header `Link` (RFC 8288) that let a browser fetch what a page will surely show before it has read the page. They
 * say how to fetch it as the tags do, so that it is fetched once.
 */
export function linkValues(
  page: Manifest['pages'][string],
  manifest: Manifest,
  { output }: Pick<ResolvedConfig, 'output'>,
  { nonce, url = output.url }: RequestValues,
): readonly string[] {
  const links = new Map<string, string>();
  for (const { block: index, recipe } of page) {
    const block = manifest.blocks[index];
    if (block === undefined || block.mode === 'inline') continue;
    for (const { group: hash, attributes: own } of manifest.recipes[recipe]?.groups ?? []) {
      const group = manifest.groups[hash];
      // Browsers that know the header do not run these.
      if (group === undefined || own.nomodule !== undefined) continue;
      const { goal } = group;
      // How a page fetches a file of a kind of the site, only its tag says.
      if (isOwnGoal(goal)) continue;
      const configured = output.attributes[goal === 'style' ? 'css' : 'js'];
      const attributes = mergeAttributes(goal, own, block.attributes ?? {}, configured);
      for (const { entry } of group.parts) {
        const integrity = output.integrity ? manifest.artifacts[entry]?.integrity : undefined;
        const link = linkValue(goal, url, entry, { attributes, integrity, nonce });
        // A module and a classic script may be one file, but are fetched apart.
        const id = `${goal} ${entry}`;
        if (link !== undefined && !links.has(id)) links.set(id, link);
      }
    }
  }
  return [...links.values()].slice(0, MOST_LINKS);
}

/** Undefined if an attribute cannot stand in a header. */
function linkValue(
  goal: CodeGoal,
  url: string,
  entry: string,
  {
    attributes,
    integrity,
    nonce,
  }: { attributes: TagAttributes; integrity: string | undefined; nonce: string | undefined },
): string | undefined {
  const fetching = fetchAttributes(attributes);
  // As in tags, with which the browser compares.
  const isChecked = integrity !== undefined && goal !== 'module' && hasOrigin(url);
  const crossorigin = fetching.crossorigin ?? (isChecked ? 'anonymous' : undefined);
  const parameters = Object.entries({
    rel: goal === 'module' ? 'modulepreload' : 'preload',
    as: goal === 'module' ? undefined : goal === 'style' ? 'style' : 'script',
    integrity,
    ...fetching,
    crossorigin,
    nonce,
  });
  let value = `<${url}${entry}>`;
  for (const [name, given] of parameters) {
    if (given === undefined) continue;
    if (!PRINTABLE.test(given)) return undefined;
    if (given === '') value += `; ${name}`;
    else value += TOKEN.test(given) ? `; ${name}=${given}` : `; ${name}="${given.replace(/["\\]/g, '\\$&')}"`;
  }
  return value;
}

/** What needs no quotes (RFC 9110, 5.6.2). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
/** What may stand in a header between quotes. */
const PRINTABLE = /^[ -~]*$/;

/** Servers in front of this one take headers of a few kilobytes. */
const MOST_LINKS = 10;
