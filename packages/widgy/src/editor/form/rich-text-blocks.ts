import { isElement } from '../parts/nodes.ts';

/** The elements that rich text is made of at its top, each as HTML. Text that is in none of them is a paragraph. */
export function blocksOf(markup: string): readonly string[] {
  return [...bodyOf(markup).childNodes].flatMap((node) => {
    if (isElement(node)) return [node.outerHTML];
    const text = node.textContent?.trim() ?? '';
    if (text === '') return [];
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    return [paragraph.outerHTML];
  });
}

/** The words of rich text, a line for each of its blocks. */
export function wordsOfMarkup(markup: string): string {
  return blocksOf(markup)
    .map((block) => bodyOf(block).textContent?.replace(/\s+/g, ' ').trim() ?? '')
    .join('\n\n');
}

/** Markup as a document in which nothing runs and nothing is loaded. */
export function bodyOf(markup: string): HTMLElement {
  return new DOMParser().parseFromString(markup, 'text/html').body;
}
