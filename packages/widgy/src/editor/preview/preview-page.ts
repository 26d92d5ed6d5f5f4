import { findWidget, type Tree } from '../../tree/tree.ts';
import type { Answer } from '../server/answer.ts';
import type { PreviewParts } from '../server/editor-data.ts';
import { changedWidgets, widened } from './changed-widgets.ts';
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
  /** Something on the page may have another place or size. */
  readonly onLayout: () => void;
  readonly onStale: (isStale: boolean) => void;
}

/** A page in a frame that shows a draft, and is kept up to date with it by showing anew what changed. */
export class PreviewPage {
  readonly document: Document;
  readonly hooks: PreviewHooks;
  readonly #source: PreviewSource;
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
  }

  /** Brings the page up to a tree. Trees that come while another is asked for wait, but for the last one. */
  show(wanted: AcknowledgedTree): void {
    this.#wanted = wanted;
    void this.#update();
  }

  /** Leaves a widget as it is, until it is held no more. */
  hold(id: string | undefined): void {
    this.#held = id;
    if (id === undefined) void this.#update();
  }

  /** Shows a text at once in the element that a template says shows a field as it is; the server has the last word. */
  showText(id: string, field: string, text: string): boolean {
    const element = this.fieldElement(id, field);
    if (element === undefined || element.isContentEditable) return false;
    if (element.textContent !== text) element.textContent = text;
    return true;
  }

  /** The element that shows a field of a widget as it is. */
  fieldElement(id: string, field: string): HTMLElement | undefined {
    const range = this.hooks.rangeOf(id);
    const within = range?.commonAncestorContainer;
    if (range === undefined || !(within !== undefined && 'querySelectorAll' in within)) return undefined;
    const root = within.nodeType === Node.ELEMENT_NODE ? within : undefined;
    const all = (root?.ownerDocument ?? this.document).querySelectorAll<HTMLElement>(
      `[data-widgy-field="${CSS.escape(field)}"]`,
    );
    return [...all].find((element) => range.intersectsNode(element) && this.hooks.widgetAt(element) === id);
  }

  /** Nothing is shown in it any more. */
  close(): void {
    this.#isGone = true;
  }

  async #update(): Promise<void> {
    const wanted = this.#wanted;
    if (this.#isAsking || this.#isGone || wanted === undefined) return;
    const all = changedWidgets(this.#shown, wanted.tree);
    const changed = all.filter((id) => id !== this.#held);
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
    const isWhole = parts.every((id) => {
      const part = shown[id];
      return part !== undefined && this.hooks.replace(id, part.html);
    });
    if (!isWhole || missing.length > 0) return this.#source.onReload();
    if (all.length === changed.length) this.#shown = wanted.tree;
    this.#source.onLayout();
    this.#source.onStale(false);
    if (this.#wanted !== wanted) await this.#update();
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
