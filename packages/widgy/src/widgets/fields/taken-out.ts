import sanitizeHtml from 'sanitize-html';
import type { JsonObject } from '../../tree/json.ts';
import { fieldOf, isJsonArray } from '../../tree/json.ts';
import type { FieldDescription } from './description.ts';
import { isJsonObject } from './json-schema.ts';
import type { FieldKinds } from './kind.ts';
import { isTooLong } from './sanitise.ts';

/** What sanitising took out of one field. */
export interface TakenOut {
  /** What the field is called. */
  readonly label: string;
  /** Names as people write them, each once: `<script>`, `onclick`. At most {@link MAX_TAKEN_OUT}. */
  readonly names: readonly string[];
}

/** Names of what was taken out of one field that are told; what is more is left untold. */
export const MAX_TAKEN_OUT = 8;

/**
 * What sanitising took out of the rich texts of a form: elements and attributes that were in what was sent and are not in what is kept. For
 * whoever typed it, so that nothing vanishes without a word.
 */
export function takenOut(
  sent: JsonObject,
  kept: JsonObject,
  fields: readonly FieldDescription[],
  kinds: FieldKinds,
): readonly TakenOut[] {
  return fields.flatMap((field): readonly TakenOut[] => {
    const before = fieldOf(sent, field.name);
    const after = fieldOf(kept, field.name);
    if (field.shape === 'list') {
      if (before === undefined || !isJsonArray(before) || after === undefined || !isJsonArray(after))
        return [];
      return before.flatMap((item, at) => {
        const other = after[at];
        const isBoth = isJsonObject(item) && other !== undefined && isJsonObject(other);
        return isBoth ? takenOut(item, other, field.fields, kinds) : [];
      });
    }
    if (kinds[field.kind]?.sanitise !== 'richText' || before === after) return [];
    if (typeof before !== 'string' || typeof after !== 'string' || isTooLong(before, 'richText')) return [];
    const names = missingNames(namesIn(before), namesIn(after));
    return names.length === 0 ? [] : [{ label: field.label, names: names.slice(0, MAX_TAKEN_OUT) }];
  });
}

function missingNames(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly string[] {
  return [...before].filter(([name, count]) => count > (after.get(name) ?? 0)).map(([name]) => name);
}

/** How often each element and each attribute is in a markup. */
function namesIn(markup: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const count = (name: string) => names.set(name, (names.get(name) ?? 0) + 1);
  sanitizeHtml(markup, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    transformTags: {
      '*': (tagName, attribs) => {
        count(`<${tagName}>`);
        for (const name of Object.keys(attribs)) count(name);
        return { tagName, attribs: {} };
      },
    },
  });
  return names;
}
