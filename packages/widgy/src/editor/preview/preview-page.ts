import { findWidget, isInside, type Tree } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import { isElement } from '../parts/nodes.ts';
import type { Answer } from '../server/answer.ts';
import type { PreviewParts } from '../server/editor-data.ts';
import { changedWidgets, widened } from './changed-widgets.ts';
import { focusIn } from './focus-in.ts';
import { PreviewHooks } from './hooks.ts';

/** So many widgets are shown anew by themselves; where more changed, the page is loaded anew. */
const MAX_PARTS = 50;

/** A tree as the server has it. */
export interface AcknowledgedTree {
  readonly sequence: number;
  readonly tree: Tree;
}

/** What showing widgets anew needs. */
export interface PreviewSource {
  readonly readParts: (widgets: readonly string[], sequence: number) => Promise<Answer<PreviewParts>>;
  /** The page cannot be brought up to date in parts. */
  readonly onReload: () => void;
  /** Something on the page was shown anew, and may have another place or size. */
  readonly onShown: () => void;
  /** Whether the server does not say what the page should show. */
  readonly onStale: (isStale: boolean) => void;
}

/** A page in a frame that shows a draft, and is kept up to date with it by showing anew what changed. */
export class PreviewPage {
  readonly document: Document;
  readonly hooks: PreviewHooks;
  readonly #source: PreviewSource;
  /** The types that were on the page when it was loaded: it has the styles of no others. */
  readonly #types: ReadonlySet<string>;
  #shown: Tree;
  #wanted: AcknowledgedTree | undefined;
  #isAsking = false;
  #isGone = false;
  /** What is being edited in the page itself is not taken from under the cursor. */
  #held: string | undefined;

  /** @param shown the tree that the page shows, or an older one */
  constructor(document: Document, shown: Tree, source: PreviewSource) {
    this.document = document;
    this.hooks = new PreviewHooks(document);
    this.#shown = shown;
    this.#source = source;
    this.#types = new Set(Array.from(walk(shown.root), ({ type }) => type));
  }

  /** What the page shows. */
  get tree(): Tree {
    return this.#shown;
  }

  /** Brings the page up to a tree. Trees that come while another is asked for wait, but for the last one. */
  show(wanted: AcknowledgedTree): void {
    this.#wanted = wanted;
    void this.#update();
  }

  /** Asks again for what could not be shown. */
  retry(): void {
    void this.#update();
  }

  /** Leaves a widget as it is, with all that is around it, until it is held no more. */
  hold(id: string | undefined): void {
    this.#held = id;
    if (id === undefined) void this.#update();
  }

  /** Shows a text at once in the element that a template says shows a field as it is; the server has the last word. */
  showText(id: string, field: string, text: string): void {
    const element = this.fieldElement(id, field);
    if (element === undefined || element.textContent === text) return;
    // With markup in it, it shows more than the text. `isContentEditable` would have all of the page laid out.
    if (element.closest('[contenteditable]') !== null || element.childElementCount > 0) return;
    element.textContent = text;
  }

  /** The element that shows a field of a widget as it is; without a name, the first that shows any. */
  fieldElement(id: string, field?: string): HTMLElement | undefined {
    const selector = field === undefined ? '[data-widgy-field]' : `[data-widgy-field="${CSS.escape(field)}"]`;
    for (const node of this.hooks.nodesOf(id)) {
      if (!isElement(node)) continue;
      const all = [
        ...(node.matches(selector) ? [node] : []),
        ...node.querySelectorAll<HTMLElement>(selector),
      ];
      const own = all.find((element) => this.hooks.widgetAt(element) === id);
      if (own !== undefined) return own;
    }
    return undefined;
  }

  /** Nothing is shown in it any more. */
  close(): void {
    this.#isGone = true;
  }

  async #update(): Promise<void> {
    const wanted = this.#wanted;
    if (this.#isAsking || this.#isGone || wanted === undefined) return;
    const all = changedWidgets(this.#shown, wanted.tree);
    const changed = all.filter((id) => !this.#isHeld(wanted.tree, id));
    if (changed.length === 0) {
      if (all.length === 0) this.#shown = wanted.tree;
      this.#source.onStale(false);
      return;
    }
    // What is not on the page, such as what its parent shows by its fields, is shown by what is around it.
    const parts = this.#parts(wanted.tree, changed);
    if (parts === undefined) return this.#source.onReload();
    this.#isAsking = true;
    const answer = await this.#source.readParts(parts, wanted.sequence);
    this.#isAsking = false;
    if (this.#isGone) return;
    if (answer.kind !== 'done') {
      this.#source.onStale(true);
      return;
    }
    const { parts: shown, missing } = answer.value;
    // Somebody may have begun to write into one of them meanwhile.
    const free = parts.filter((id) => !this.#isHeld(wanted.tree, id));
    const keepFocus = focusIn(this.document, this.hooks);
    const done = free.map((id) => this.hooks.replace(id, shown[id]?.html));
    keepFocus();
    if (done.includes('unfit') || missing.length > 0) return this.#source.onReload();
    if (all.length === changed.length && free.length === parts.length) this.#shown = wanted.tree;
    if (done.includes('replaced')) this.#source.onShown();
    this.#source.onStale(false);
    if (parts.some((id) => this.#hasNewType(wanted.tree, id))) this.#source.onReload();
    else if (this.#wanted !== wanted) await this.#update();
  }

  #isHeld(tree: Tree, id: string): boolean {
    const held = this.#held;
    return held !== undefined && (id === held || isInside(tree, held, id));
  }

  #hasNewType(tree: Tree, id: string): boolean {
    const widget = findWidget(tree, id);
    return widget !== undefined && walk(widget).some(({ type }) => !this.#types.has(type));
  }

  /** What to ask for; undefined where the page has to be loaded anew. */
  #parts(tree: Tree, changed: readonly string[]): readonly string[] | undefined {
    let parts = changed;
    for (;;) {
      const isHidden = (id: string) => this.hooks.rangeOf(id) === undefined;
      const hidden = parts.filter(isHidden);
      if (parts.length > MAX_PARTS || hidden.some((id) => id === tree.root.id)) return undefined;
      if (parts.some((id) => findWidget(tree, id) === undefined)) return undefined;
      if (hidden.length === 0) return parts;
      parts = widened(tree, parts, isHidden);
    }
  }
}
