import { isElement } from '../parts/nodes.ts';
import { boxAround, type PageBox } from './page-box.ts';

/** The comments that stand around what a widget shows in a preview; the server writes them. */
interface Hooks {
  readonly start: Comment;
  readonly end: Comment;
}

/** One of them. */
interface Hook {
  readonly id: string;
  readonly isEnd: boolean;
  readonly comment: Comment;
}

/** Where widgets are in the page of a preview. Looked up by id, or by what is pointed at. */
export class PreviewHooks {
  readonly #document: Document;
  readonly #found = new Map<string, Hooks>();

  constructor(document: Document) {
    this.#document = document;
    this.#learn([document]);
  }

  /** What a widget shows, with the comments around it; undefined where the page does not show it. */
  rangeOf(id: string): Range | undefined {
    const hooks = this.#hooksOf(id);
    if (hooks === undefined) return undefined;
    const range = this.#document.createRange();
    range.setStartBefore(hooks.start);
    range.setEndAfter(hooks.end);
    return range;
  }

  /** Whether there is no widget on the page: then it is not the page of a preview. */
  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  /** What a widget shows, without what is further in than its own parts; nothing where the page does not show it. */
  nodesOf(id: string): readonly Node[] {
    const hooks = this.#hooksOf(id);
    const nodes: Node[] = [];
    for (let at: Node | null = hooks?.start ?? null; at !== null; at = at.nextSibling) {
      nodes.push(at);
      if (at === hooks?.end) return nodes;
    }
    return [];
  }

  /** The first element that a widget shows; undefined where it shows none. */
  elementOf(id: string): HTMLElement | undefined {
    return this.nodesOf(id).find(isElement);
  }

  /** Where a widget is seen, in CSS pixels of the frame's viewport; undefined where it has no visible box. */
  boxOf(id: string): PageBox | undefined {
    return boxAround(this.nodesOf(id).flatMap((node) => boxesOf(node)));
  }

  /** The innermost widget that a node of the page belongs to; undefined for what is around them all. */
  widgetAt(node: Node): string | undefined {
    for (let at: Node | null = node; at !== null; at = at.parentNode) {
      let closed = 0;
      for (let before = at.previousSibling; before !== null; before = before.previousSibling) {
        const hook = hookOf(before);
        if (hook === undefined) continue;
        if (hook.isEnd) closed += 1;
        else if (closed > 0) closed -= 1;
        else return hook.id;
      }
    }
    return undefined;
  }

  /**
   * Puts other HTML in the place of a widget, unless it is what stands there: then videos go on, and nobody loses their place. `unfit` where
   * the page does not show it, or where there is no HTML that is one widget by itself: then the page has to be loaded anew.
   */
  replace(id: string, html: string | undefined): 'replaced' | 'same' | 'unfit' {
    const hooks = this.#hooksOf(id);
    const parent = hooks?.start.parentElement;
    if (html === undefined || hooks === undefined || parent == null) return 'unfit';
    const range = this.#document.createRange();
    // What may stand here depends on what is around it: rows in a table, options in a choice.
    range.selectNodeContents(parent);
    const shown = range.createContextualFragment(html);
    if (hookOf(shown.firstChild)?.id !== id || hookOf(shown.lastChild)?.id !== id) return 'unfit';
    range.setStartBefore(hooks.start);
    range.setEndAfter(hooks.end);
    const nodes = [...shown.childNodes];
    const before = this.nodesOf(id);
    if (areEqual(before, nodes)) return 'same';
    this.#forget(before);
    range.deleteContents();
    // The policy of the page takes no style that does not say this.
    const { nonce } = this.#document.querySelector<HTMLElement>('style, link[rel="stylesheet"]') ?? {};
    if (nonce !== undefined) for (const style of shown.querySelectorAll('style')) style.nonce = nonce;
    range.insertNode(shown);
    this.#learn(nodes);
    return 'replaced';
  }

  #hooksOf(id: string): Hooks | undefined {
    const hooks = this.#found.get(id);
    return hooks?.start.isConnected === true && hooks.end.isConnected ? hooks : undefined;
  }

  #learn(roots: readonly Node[]): void {
    const begun = new Map<string, Comment>();
    for (const hook of this.#hooksIn(roots)) {
      const start = begun.get(hook.id);
      if (!hook.isEnd) begun.set(hook.id, hook.comment);
      else if (start !== undefined) this.#found.set(hook.id, { start, end: hook.comment });
    }
  }

  /** A comment that is remembered keeps all that was around it in memory. What was moved away is known where it is now. */
  #forget(roots: readonly Node[]): void {
    for (const { id, comment } of this.#hooksIn(roots))
      if (this.#found.get(id)?.start === comment) this.#found.delete(id);
  }

  *#hooksIn(roots: readonly Node[]): Generator<Hook> {
    for (const root of roots) {
      const comments = this.#document.createNodeIterator(root, NodeFilter.SHOW_COMMENT);
      for (let node = comments.nextNode(); node !== null; node = comments.nextNode()) {
        const hook = hookOf(node);
        if (hook !== undefined) yield hook;
      }
    }
  }
}

/** Reads a comment that stands around a widget; undefined for every other node. */
function hookOf(node: Node | null): Hook | undefined {
  if (node === null || node.nodeType !== COMMENT_NODE) return undefined;
  const match = HOOK.exec(node.nodeValue ?? '');
  const [, slash, id] = match ?? [];
  return id === undefined || !isComment(node) ? undefined : { id, isEnd: slash === '/', comment: node };
}

function areEqual(some: readonly Node[], others: readonly Node[]): boolean {
  return some.length === others.length && some.every((node, at) => node.isEqualNode(others[at] ?? null));
}

/** The boxes of a node: its own, or where it has none, those of what is in it. */
function boxesOf(node: Node): readonly PageBox[] {
  if (isElement(node)) {
    const box = node.getBoundingClientRect();
    if (box.width > 0 && box.height > 0)
      return node.checkVisibility({ visibilityProperty: true }) ? [box] : [];
    return Array.from(node.childNodes).flatMap(boxesOf);
  }
  const range = node.nodeType === TEXT_NODE ? node.ownerDocument?.createRange() : undefined;
  range?.selectNode(node);
  return [...(range?.getClientRects() ?? [])].filter(({ width, height }) => width > 0 && height > 0);
}

function isComment(node: Node): node is Comment {
  return node.nodeType === COMMENT_NODE;
}

const TEXT_NODE = 3;
const COMMENT_NODE = 8;
const HOOK = /^(\/?)widgy ([A-Za-z0-9_-]+)$/;
