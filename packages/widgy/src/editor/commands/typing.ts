import { isElement, isNode } from '../parts/nodes.ts';

/** What of an element says whether somebody writes in it. */
export interface KeyElement {
  readonly tagName: string;
  readonly type?: string | undefined;
  readonly isContentEditable?: boolean | undefined;
  /** Whether it is an editor of its own, or in one: what it does with keys is its own business. */
  readonly isOwnEditor?: boolean | undefined;
}

/** Kinds of `<input>` that take no text. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

/** Whether somebody who presses a key at an element writes, or chooses in a list: then keys are the element's, and not shortcuts. */
export function isTextEntry({ tagName, type, isContentEditable, isOwnEditor }: KeyElement): boolean {
  if (isContentEditable === true || isOwnEditor === true) return true;
  const name = tagName.toLowerCase();
  if (name === 'input') return !NO_TEXT.has(type ?? 'text');
  return name === 'textarea' || name === 'select';
}

/** The same for an event: at the innermost element, in whatever it stands. It may be one of the page in the preview. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return isNode(target) && isElement(target) && isTextEntry(described(target));
}

/**
 * Whether a key is of a composition, in which several keys make one sign: it means nothing else then. Safari tells the key that ends one after its
 * end; its code is that of all keys of compositions (UI Events, on how `keyCode` is determined).
 */
export function isOfComposition({
  isComposing,
  keyCode,
}: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === COMPOSITION_CODE;
}

const COMPOSITION_CODE = 229;

/** Elements with this attribute, and all in them, are editors of their own. */
export const OWN_KEYS = 'data-widgy-own-keys';

function described(element: HTMLElement): KeyElement {
  const { tagName, isContentEditable } = element;
  const type = element.getAttribute('type')?.toLowerCase();
  return { tagName, type, isContentEditable, isOwnEditor: element.closest(`[${OWN_KEYS}]`) !== null };
}

/** Whether text of a page is selected: copying means that text then, and single keys mean nothing. */
export function hasSelectedText(page: Pick<Document, 'getSelection'>): boolean {
  const selection = page.getSelection();
  return selection !== null && !selection.isCollapsed && selection.toString() !== '';
}
