import { isElement } from '../parts/nodes.ts';

/** Elements without content: they are written as the server writes them. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col']);

/**
 * The HTML of what is in an element, as the server writes what it has sanitised: so that what is typed is the same before and after it
 * was there.
 */
export function markupOf(parent: ParentNode): string {
  return [...parent.childNodes].map(writeNode).join('');
}

function writeNode(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return escapeText(node.textContent ?? '');
  if (!isElement(node)) return '';
  const attributes = [...node.attributes]
    .map(({ name, value }) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
  const tag = node.localName;
  if (VOID.has(tag)) return `<${tag}${attributes} />`;
  return `<${tag}${attributes}>${markupOf(node)}</${tag}>`;
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => REFERENCES[character] ?? character);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => REFERENCES[character] ?? character);
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Takes out of what an editor of rich text holds what is only there to be edited: paragraphs with nothing in them, and the paragraph
 * that the editor puts around the words of an item or of a quotation.
 */
export function writtenMarkup(content: ParentNode): string {
  for (const item of content.querySelectorAll('li')) {
    const [first, second] = [...item.children].filter(({ localName }) => localName === 'p');
    if (item.hasAttribute('data-loose')) item.removeAttribute('data-loose');
    else if (first !== undefined && second === undefined && first.attributes.length === 0)
      first.replaceWith(...first.childNodes);
  }
  for (const child of [...content.children]) {
    const isEmpty = child.localName === 'p' && child.attributes.length === 0 && child.childNodes.length === 0;
    if (isEmpty) child.remove();
  }
  return markupOf(content);
}

/**
 * What a text says, whatever its elements are nested like: each piece of text with the elements around it. Two markups with the same are
 * the same text. Which paragraphs it is divided into counts, and not whether words of an item or a quotation stand in a paragraph.
 */
export function meaningOf(parent: Node): string {
  const parts: string[] = [];
  readMeaning(parent, [], parts);
  return parts
    .join('')
    .replace(/\s*(?:\n\s*)+/g, '\n')
    .trim();
}

function readMeaning(parent: Node, around: readonly string[], parts: string[]): void {
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = (node.textContent ?? '').replace(/[ \t\r\n\f]+/g, ' ');
      for (const character of text) parts.push(character, character === ' ' ? '' : marked(around));
    } else if (isElement(node)) {
      const name = nameOf(node);
      const isInline = INLINE.has(node.localName);
      if (!isInline) parts.push('\n');
      if (VOID.has(node.localName)) parts.push(`<${name}>`);
      readMeaning(node, name === 'p' || name === 'span' ? around : [...around, name], parts);
      if (!isInline) parts.push('\n');
    }
  }
}

function marked(around: readonly string[]): string {
  return around.length === 0 ? '' : `{${[...new Set(around)].sort().join(' ')}}`;
}

function nameOf(element: Element): string {
  const tag = element.localName === 'b' ? 'strong' : element.localName === 'i' ? 'em' : element.localName;
  const attributes = [...element.attributes]
    .filter(({ name }) => name !== 'data-loose')
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
  return [tag, ...attributes].join(' ');
}

const INLINE: ReadonlySet<string> = new Set([
  ...['a', 'strong', 'b', 'em', 'i', 'u', 's', 'del', 'ins', 'sub', 'sup', 'small', 'mark', 'abbr', 'cite'],
  ...['q', 'code', 'kbd', 'samp', 'var', 'time', 'span', 'bdi', 'bdo', 'ruby', 'rt', 'rp', 'img', 'br'],
]);
