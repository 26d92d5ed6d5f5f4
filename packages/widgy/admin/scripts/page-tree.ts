import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';

/**
 * Pages are dragged to their places in the tree: before another page, behind it, or below it. A drop sends the form that the buttons of
 * the page send too, so the server decides, and says what became of it.
 */

/** Where a page would land, by the page that it is dragged over. */
type Place = 'before' | 'after' | 'inside';

for (const tree of document.querySelectorAll<HTMLElement>('[data-page-tree]')) start(tree);

function start(tree: HTMLElement): void {
  const rows = [...tree.querySelectorAll<HTMLElement>('li[data-page]')];
  const form = tree.querySelector<HTMLFormElement>('form[action$="/move"]');
  if (form === null) return;
  let place: Place | undefined;

  const show = (row: HTMLElement | undefined, shown: Place | undefined) => {
    for (const other of rows) if (other !== row) delete other.dataset.drop;
    if (row === undefined) return;
    if (shown === undefined) delete row.dataset.drop;
    else row.dataset.drop = shown;
  };

  for (const row of rows) {
    combine(
      draggable({
        element: row,
        onDragStart: () => {
          row.dataset.dragging = '';
        },
        onDrop: () => {
          delete row.dataset.dragging;
        },
      }),
      dropTargetForElements({
        element: row,
        canDrop: ({ source }) => source.element instanceof HTMLElement && !isWithin(source.element, row),
        onDrag: ({ location, source }) => {
          if (source.element === row) return;
          place = placeAt(row, location.current.input.clientY);
          show(row, place);
        },
        onDragLeave: () => show(row, undefined),
      }),
    );
  }

  monitorForElements({
    onDrop({ source, location }) {
      const target = location.current.dropTargets[0]?.element;
      show(undefined, undefined);
      for (const row of rows) delete row.dataset.drop;
      if (
        !(source.element instanceof HTMLElement) ||
        !(target instanceof HTMLElement) ||
        target === source.element
      )
        return;
      if (place !== undefined) send(form, source.element, target, place);
    },
  });

  /** The page itself, and those below it: they follow it, and stand deeper. */
  function isWithin(dragged: HTMLElement, row: HTMLElement): boolean {
    const from = rows.indexOf(dragged);
    const at = rows.indexOf(row);
    if (at <= from) return false;
    return rows.slice(from + 1, at + 1).every((each) => depthOf(each) > depthOf(dragged));
  }

  function send(model: HTMLFormElement, dragged: HTMLElement, target: HTMLElement, to: Place): void {
    const sent = document.createElement('form');
    sent.method = 'post';
    sent.action = model.action.replace(/[^/]+\/move$/, `${dragged.dataset.page}/move`);
    const copied = ['_csrf', 'back'].map((name) => [name, valueIn(model, name)] as const);
    const parent = to === 'inside' ? target.dataset.page : target.dataset.parent;
    const before = to === 'before' ? target.dataset.page : to === 'after' ? nextSibling(target, dragged) : '';
    const all = [
      ...copied,
      ['seen', dragged.dataset.revision],
      ['parent', parent],
      ['before', before],
    ] as const;
    for (const [name, value] of all) {
      const field = document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value ?? '';
      sent.append(field);
    }
    document.body.append(sent);
    sent.submit();
  }

  /** The page that follows another one below the same parent, but for the one that is moved. */
  function nextSibling(row: HTMLElement, dragged: HTMLElement): string {
    const behind = rows.slice(rows.indexOf(row) + 1);
    const end = behind.findIndex((each) => depthOf(each) < depthOf(row));
    const within = end === -1 ? behind : behind.slice(0, end);
    const next = within.find((each) => depthOf(each) === depthOf(row) && each !== dragged);
    return next?.dataset.page ?? '';
  }
}

function placeAt(row: HTMLElement, y: number): Place {
  const { top, height } = row.getBoundingClientRect();
  const share = (y - top) / height;
  if (row.dataset.leaf !== undefined) return share < 0.5 ? 'before' : 'after';
  if (share < 0.3) return 'before';
  return share > 0.7 ? 'after' : 'inside';
}

function depthOf(row: HTMLElement): number {
  return Number(row.dataset.depth);
}

function valueIn(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : '';
}
