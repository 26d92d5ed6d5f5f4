import { BUILT_IN_KINDS } from '../../widgets/fields/built-in-kinds.ts';
import { isLinkUrl } from '../../widgets/fields/reference.ts';
import {
  RICH_TEXT_ATTRIBUTES,
  RICH_TEXT_CODE_CLASS,
  RICH_TEXT_ELEMENTS,
} from '../../widgets/fields/rich-text-elements.ts';
import { isElement } from '../parts/nodes.ts';
import { bodyOf } from './rich-text-blocks.ts';
import { markupOf } from './rich-text-markup.ts';

/**
 * Makes of pasted markup what rich text may have: elements of text, and nothing of how another program wanted it to look. The server
 * sanitises all the same. What other programs mean by styles, such as bold text and the lists of Word, stays as elements.
 */
export function cleanPasted(markup: string): string {
  const body = pastedBody(markup);
  for (const element of body.querySelectorAll(GONE)) element.remove();
  listsOfWord(body);
  if (/mso-|docs-internal-guid/i.test(markup)) withoutLanguages(body);
  for (const element of body.querySelectorAll('span, b, i, font')) meaningOfStyle(element);
  cleanInside(body);
  return markupOf(body);
}

/**
 * Takes out of markup what rich text never has, and leaves all else as it is. What was kept before that was so, or came another way than through
 * the server, is shown in the page of the editor: there it could lead somewhere else, or ask for something.
 */
export function withoutForeign(body: Element): void {
  for (const element of body.querySelectorAll(GONE)) element.remove();
  for (const element of body.querySelectorAll('*')) {
    if (!ELEMENTS.has(element.localName)) element.replaceWith(...element.childNodes);
    else withoutForeignAttributes(element, allowedAttributes(element));
  }
}

/** What `style` is called while pasted markup is read. */
const STYLE = 'data-widgy-pasted-style';

/**
 * Pasted markup as a document. The policy of the page forbids styles in markup, those of a document that is never shown too: they would be
 * reported, and could not be read. So they have another name while it is parsed, which is taken back from what was no attribute.
 */
function pastedBody(markup: string): HTMLElement {
  const unstyled = markup.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, '');
  const body = bodyOf(unstyled.replace(/(?<=[\s"'/])(?=style\s*=)/gi, STYLE.slice(0, -'style'.length)));
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!isElement(node)) node.textContent = withOldName(node.textContent ?? '');
    else
      for (const attribute of node.attributes)
        if (attribute.name !== STYLE) attribute.value = withOldName(attribute.value);
  }
  return body;
}

function withOldName(text: string): string {
  return text.replace(/data-widgy-pasted-(?=style\s*=)/gi, '');
}

/** What the style of a pasted element says. */
function styleOf(element: Element): CSSStyleDeclaration {
  const { style } = document.createElement('span');
  style.cssText = element.getAttribute(STYLE) ?? '';
  return style;
}

/** What is no text that anybody wrote to be read. */
const GONE =
  'script, style, meta, link, title, template, noscript, iframe, object, embed, svg, math, head, xml, textarea, select, button, input, audio, video, canvas';

const ELEMENTS: ReadonlySet<string> = new Set(RICH_TEXT_ELEMENTS);

/** The attributes of an element that rich text may have, by name. */
export function allowedAttributes(element: Element): Readonly<Record<string, string>> {
  const tag = element.localName;
  const names = [...(RICH_TEXT_ATTRIBUTES['*'] ?? []), ...(RICH_TEXT_ATTRIBUTES[tag] ?? [])];
  const kept = names.flatMap((name) => {
    const value = element.getAttribute(name);
    if (value === null || ((name === 'href' || name === 'src') && !isLinkUrl(value))) return [];
    return [[name, value] as const];
  });
  const code =
    tag === 'code' ? [...element.classList].find((name) => RICH_TEXT_CODE_CLASS.test(name)) : undefined;
  return Object.fromEntries(code === undefined ? kept : [...kept, ['class', code]]);
}

function cleanInside(parent: Element): void {
  for (const node of [...parent.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE) continue;
    if (!isElement(node)) node.remove();
    else {
      cleanInside(node);
      cleanElement(node);
    }
  }
}

function cleanElement(element: Element): void {
  const kept = allowedAttributes(element);
  const isEmptySpan = element.localName === 'span' && Object.keys(kept).length === 0;
  if (!ELEMENTS.has(element.localName) || isEmptySpan) {
    if (BLOCKS.has(element.localName)) asParagraphs(element);
    else element.replaceWith(...element.childNodes);
    return;
  }
  // What has no address that every page can load is no picture here.
  if (element.localName === 'img' && !isPictureAddress(kept.src ?? '')) {
    element.remove();
    return;
  }
  withoutForeignAttributes(element, kept);
}

function withoutForeignAttributes(element: Element, kept: Readonly<Record<string, string>>): void {
  for (const { name } of [...element.attributes])
    if (!Object.hasOwn(kept, name)) element.removeAttribute(name);
  if (kept.class !== undefined) element.setAttribute('class', kept.class);
}

function isPictureAddress(text: string): boolean {
  return text !== '' && BUILT_IN_KINDS.image.check(text) === undefined;
}

/** Elements that divide a text into parts, and that rich text has not. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...['address', 'article', 'aside', 'center', 'details', 'div', 'fieldset', 'footer', 'form', 'header'],
  ...['main', 'nav', 'section', 'summary'],
]);

/** A part that holds only words becomes a paragraph; what is in one that holds parts stands for itself. */
function asParagraphs(element: Element): void {
  const hasParts = [...element.children].some(({ localName }) => PARTS.has(localName));
  if (hasParts || element.textContent?.trim() === '') {
    element.replaceWith(...element.childNodes);
    return;
  }
  const paragraph = element.ownerDocument.createElement('p');
  paragraph.append(...element.childNodes);
  element.replaceWith(paragraph);
}

const PARTS: ReadonlySet<string> = new Set([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'hr', 'blockquote', 'pre', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['figure', 'figcaption', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
]);

/** Programs that write texts say with styles what HTML has elements for, and put elements around what is not meant so. */
function meaningOfStyle(element: Element): void {
  const { fontWeight, fontStyle, verticalAlign, textDecorationLine, textDecoration } = styleOf(element);
  const isBold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  const isPlainBold = element.localName === 'b' && (fontWeight === 'normal' || Number(fontWeight) < 600);
  const isItalic = fontStyle === 'italic';
  const lines = `${textDecorationLine} ${textDecoration}`;
  const wanted = [
    isBold && element.localName !== 'b' ? 'strong' : undefined,
    isItalic && element.localName !== 'i' ? 'em' : undefined,
    lines.includes('line-through') ? 's' : undefined,
    verticalAlign === 'super' ? 'sup' : verticalAlign === 'sub' ? 'sub' : undefined,
  ].filter((tag) => tag !== undefined);
  for (const tag of wanted) {
    const inner = element.ownerDocument.createElement(tag);
    inner.append(...element.childNodes);
    element.append(inner);
  }
  const isBoldOfNothing = isPlainBold && fontWeight !== '';
  const isPlainItalic = element.localName === 'i' && fontStyle === 'normal';
  if (isBoldOfNothing || isPlainItalic) element.replaceWith(...element.childNodes);
}

/** Programs that write texts say of each piece which language they take it for, and which direction: nobody meant that. */
function withoutLanguages(body: Element): void {
  for (const element of body.querySelectorAll('[lang], [dir="ltr"]')) {
    element.removeAttribute('lang');
    if (element.getAttribute('dir') === 'ltr') element.removeAttribute('dir');
  }
  for (const paragraph of body.querySelectorAll('li > p:only-child'))
    paragraph.replaceWith(...paragraph.childNodes);
}

/** Word writes the items of lists as paragraphs that say in their style which list they are of, with the mark as text. */
function listsOfWord(body: Element): void {
  let list: Element | undefined;
  for (const paragraph of body.querySelectorAll('p')) {
    const style = paragraph.getAttribute(STYLE) ?? '';
    if (!/mso-list:\s*l\d/i.test(style)) {
      list = undefined;
      continue;
    }
    const mark = [...paragraph.querySelectorAll('span')].find((span) =>
      /mso-list:\s*ignore/i.test(span.getAttribute(STYLE) ?? ''),
    );
    const isOrdered = /^\s*[([]?(?:\d+|[a-z]{1,3})[.)\]]/i.test(mark?.textContent ?? '');
    mark?.remove();
    const tag = isOrdered ? 'ol' : 'ul';
    if (list?.localName !== tag || list.nextElementSibling !== paragraph) {
      list = body.ownerDocument.createElement(tag);
      paragraph.before(list);
    }
    const item = body.ownerDocument.createElement('li');
    item.append(...paragraph.childNodes);
    list.append(item);
    paragraph.remove();
  }
}
