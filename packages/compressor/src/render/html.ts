/** Writes attributes, each after a space. Values are escaped; an empty value is written as a bare name. */
export function writeAttributes(attributes: Readonly<Record<string, string | undefined>>): string {
  let text = '';
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    text += value === '' ? ` ${name}` : ` ${name}="${escapeAttribute(value)}"`;
  }
  return text;
}

/** Text for a double-quoted attribute (HTML Standard, 13.1.2.3). */
export function escapeAttribute(value: string): string {
  return value.replace(/[&"<>]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
