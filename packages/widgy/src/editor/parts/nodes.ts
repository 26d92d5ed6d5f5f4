// Nodes of a frame, and those of a text that is only read, are of classes of their own: `instanceof` those of this window says no.

/** Whether what an event happened to is a node. */
export function isNode(target: EventTarget | null | undefined): target is Node {
  return target != null && 'nodeType' in target;
}

/** Whether a node is an element. */
export function isElement(node: Node): node is HTMLElement {
  return node.nodeType === ELEMENT_NODE;
}

/** The innermost element around a node that a selector means, or the node itself. */
export function closestTo(node: Node, selector: string): HTMLElement | null {
  const element = isElement(node) ? node : node.parentElement;
  return element?.closest<HTMLElement>(selector) ?? null;
}

/** Whether what is in an element is written from the right. */
export function isFromRight(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

const ELEMENT_NODE = 1;
