import type { CodeGoal } from './recipe.ts';

/** Attributes that say what a source is; the build answers for them, so no tag repeats them. */
const CONSUMED = new Set(['rel', 'href', 'src', 'type', 'lang', 'charset', 'nonce']);

/** Attributes that may stand on any tag for a bundle as they stood on its sources. */
const CARRIED = new Set(['id', 'class', 'crossorigin', 'referrerpolicy', 'fetchpriority', 'blocking']);

/**
 * The attributes that a tag for this source must bear, with all spellings of one meaning made equal, sorted by name;
 * undefined if the element has an attribute whose effect a bundle could not keep.
 */
export function outputAttributes(
  goal: CodeGoal,
  inline: boolean,
  attributes: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const output: [string, string][] = [];
  for (const [name, value] of Object.entries(attributes)) {
    if (CONSUMED.has(name)) continue;
    if (CARRIED.has(name) || name.startsWith('data-')) output.push([name, value]);
    else if (goal === 'style' && name === 'media') output.push(...mediaAttribute(value));
    else if (goal !== 'style' && (name === 'async' || name === 'defer')) {
      if (isEffective(name, goal, inline, attributes)) output.push([name, '']);
    } else if (goal === 'classic' && name === 'nomodule') output.push([name, '']);
    else return undefined;
  }
  return Object.fromEntries(output.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mediaAttribute(value: string): [string, string][] {
  const media = value.trim().replace(/\s+/g, ' ').toLowerCase();
  return media === '' || media === 'all' ? [] : [['media', media]];
}

/** Browsers ignore both on inline classic scripts, `defer` on modules, and `defer` beside `async` (HTML Standard, 4.12.1). */
function isEffective(
  name: 'async' | 'defer',
  goal: CodeGoal,
  inline: boolean,
  attributes: Readonly<Record<string, string>>,
): boolean {
  if (inline && goal === 'classic') return false;
  return name === 'async' || (goal === 'classic' && attributes.async === undefined);
}
