/** Writes a start tag. Values are escaped; an empty value is written as a bare name. */
export function startTag(name: string, attributes: Readonly<Record<string, string | undefined>>): string {
  let tag = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    tag +=
      value === '' && key !== 'href' && key !== 'src' ? ` ${key}` : ` ${key}="${escapeAttribute(value)}"`;
  }
  return `${tag}>`;
}

/** Text for a double-quoted attribute (HTML Standard, 13.1.2.3). */
export function escapeAttribute(value: string): string {
  return value.replace(/[&"<>]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
