import { findWidget } from '../../tree/tree.ts';
import { selectOne } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import type { PreviewPage } from './preview-page.ts';

/**
 * Lets somebody write into a text of the page itself, where its template says that an element shows a field as it is. What is typed is an
 * edit of that field, as if it were typed into the form, which shows it too. Escape ends it, and so does going elsewhere.
 *
 * @returns whether there is such a text at a node
 */
export function editTextInPage(session: Session, page: PreviewPage, node: Node): boolean {
  const element = fieldAround(node);
  const id = element && page.hooks.widgetAt(element);
  const name = element?.dataset.widgyField;
  if (!session.data.mayEdit || element === undefined || id === undefined || name === undefined) return false;
  const widget = findWidget(session.tree.peek(), id);
  const type = session.data.types.find((known) => known.type === widget?.type);
  const field = type?.fields.find((one) => one.name === name);
  if (type?.permissions.change !== true || (field?.kind !== 'text' && field?.kind !== 'long-text'))
    return false;

  session.selection.value = selectOne(id);
  page.hold(id);
  element.setAttribute('contenteditable', 'plaintext-only');
  element.focus();
  const write = () => {
    const text = field.kind === 'text' ? oneLine(element.textContent ?? '') : (element.textContent ?? '');
    const set = { kind: 'set', id, fields: { [name]: text }, unset: [] } as const;
    session.edit({ kind: 'set', what: id }, [set], `${id} ${name}`);
  };
  const stop = new AbortController();
  const end = () => {
    stop.abort();
    element.removeAttribute('contenteditable');
    page.hold(undefined);
  };
  const { signal } = stop;
  element.addEventListener('input', write, { signal });
  element.addEventListener('blur', end, { signal });
  element.addEventListener(
    'keydown',
    (event) => {
      const isEnd = event.key === 'Escape' || (event.key === 'Enter' && field.kind === 'text');
      if (!isEnd) return;
      event.preventDefault();
      event.stopPropagation();
      element.blur();
    },
    { signal },
  );
  return true;
}

/** The element that shows a field as it is, around a node of the page. */
function fieldAround(node: Node): HTMLElement | undefined {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const found = element !== null && 'closest' in element ? closestField(element) : undefined;
  return found;
}

function closestField(element: object): HTMLElement | undefined {
  const closest: unknown = Reflect.get(element, 'closest');
  const found: unknown = typeof closest === 'function' ? closest.call(element, '[data-widgy-field]') : null;
  return isElement(found) ? found : undefined;
}

/** Elements of the frame are of its own classes: `instanceof` those of this window says no. */
function isElement(value: unknown): value is HTMLElement {
  return typeof value === 'object' && value !== null && 'dataset' in value;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}
