import { walk } from '../../tree/widget.ts';
import { labelOf } from '../commands/where.ts';
import { closestTo } from '../parts/nodes.ts';
import type { Session } from '../session/session.ts';
import type { PreviewPage } from './preview-page.ts';

/** Says of an element of a preview what could be put into it. */
const EMPTY_ATTRIBUTE = 'data-widgy-empty';

/** CSS pixels below which nobody sees that something can be put there. */
const TOO_LOW = 24;

/**
 * Gives room to what can hold widgets, holds none, and would not be seen for that: so that it can be pointed at, and something can be
 * dropped in it. Nothing else of the page is another than visitors see it.
 */
export function showEmpty({ words, catalogue, acknowledged, data }: Session, page: PreviewPage): void {
  const { emptySlot, fillSlot } = words.preview;
  for (const { id, type, children } of walk(acknowledged.peek().tree.root)) {
    if (children.length > 0 || (catalogue.get(type)?.slots.size ?? 0) === 0) continue;
    const element = page.hooks.elementOf(id);
    if (element === undefined || element.hasAttribute(EMPTY_ATTRIBUTE)) continue;
    if (element.getBoundingClientRect().height >= TOO_LOW) continue;
    const parent = labelOf(catalogue, type);
    element.setAttribute(
      EMPTY_ATTRIBUTE,
      data.mayEdit ? `+  ${fillSlot({ parent })}` : emptySlot({ parent }),
    );
  }
}

/** Whether a node of a page is where that is said, so that a press on it means it. */
export function isInEmpty(node: Node): boolean {
  return closestTo(node, `[${EMPTY_ATTRIBUTE}]`) !== null;
}

/** Whether that is said of what a widget shows. */
export function isShownEmpty(page: PreviewPage, id: string): boolean {
  return page.hooks.elementOf(id)?.hasAttribute(EMPTY_ATTRIBUTE) === true;
}

/** Gives a page of a preview the style for that. */
export function addEmptyStyle({ document }: PreviewPage): void {
  const view = document.defaultView;
  if (view === null) return;
  // The policy of the page has nothing against a sheet that no markup brings.
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
}

const STYLE = `[${EMPTY_ATTRIBUTE}] {
  box-sizing: border-box;
  min-block-size: 4rem;
  outline: 1px dashed color-mix(in srgb, currentcolor 45%, transparent);
  outline-offset: -4px;
  cursor: pointer;
}
[${EMPTY_ATTRIBUTE}]::before {
  display: block;
  padding: 1.25rem 1rem;
  font: 600 1rem/1.5rem system-ui, sans-serif;
  text-align: center;
  opacity: 0.8;
  content: attr(${EMPTY_ATTRIBUTE});
}`;
