/** Where writing goes on in a text that somebody else has changed: behind what stood before it, as far as that is still there. */
export function caretAfter(before: string, after: string, caret: number): number {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  if (caret <= start) return caret;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const fromEnd = before.length - caret;
  return fromEnd <= end ? after.length - fromEnd : after.length - end;
}

/** The text that an element holds that is written into: line breaks, too, whichever way the browser made them. */
export function writtenText(element: HTMLElement): string {
  const text = linesOf(element);
  // A break at the very end is there for the cursor to stand behind it.
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

function linesOf(node: Node): string {
  return Array.from(node.childNodes, (child) =>
    child.nodeName === 'BR' ? '\n' : child.nodeType === TEXT_NODE ? (child.nodeValue ?? '') : linesOf(child),
  ).join('');
}

const TEXT_NODE = 3;

/** How many characters of an element stand before the cursor in it. */
export function caretIn(element: HTMLElement): number {
  const selection = element.ownerDocument.getSelection();
  if (selection === null || selection.rangeCount === 0) return 0;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  range.setEnd(startContainer, startOffset);
  return range.toString().length;
}

/** Puts the cursor of an element that holds one text behind so many characters. */
export function setCaret(element: HTMLElement, at: number): void {
  const text = element.firstChild;
  const selection = element.ownerDocument.getSelection();
  if (text === null) selection?.collapse(element, 0);
  else selection?.collapse(text, Math.min(at, text.nodeValue?.length ?? 0));
}

/** One line of what may have been pasted as several. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
