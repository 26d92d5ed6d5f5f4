/** A heading of a page, as screen readers list it. */
export interface Heading {
  /** 1 for the title of the page. */
  readonly level: number;
  readonly text: string;
  /** The id of the widget that shows it; undefined for what is around all of them. */
  readonly widget: string | undefined;
}

/** A heading with the level that is left out before it. */
export interface ListedHeading extends Heading {
  /** The first level that is skipped between this one and the one before; undefined where none is. */
  readonly skipped: number | undefined;
}

/**
 * The headings of a page in their order. Those that nobody sees or hears are left out.
 *
 * @param widgetAt gives the widget that a node belongs to
 */
export function headingsIn(
  document: Pick<Document, 'querySelectorAll'>,
  widgetAt: (node: Element) => string | undefined,
): readonly Heading[] {
  const found = document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role="heading"]');
  return Array.from(found).flatMap((element): readonly Heading[] => {
    const role = element.getAttribute('role');
    const isHidden =
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.closest('[aria-hidden="true"]') !== null;
    // A heading that says that it is something else is that.
    if (isHidden || (role !== null && role !== 'heading')) return [];
    return [{ level: levelOf(element), text: textOf(element), widget: widgetAt(element) }];
  });
}

/** Headings with what is skipped before each. The first one may have any level. */
export function listed(headings: readonly Heading[]): readonly ListedHeading[] {
  return headings.map((heading, at) => {
    const before = headings[at - 1];
    const isSkipping = before !== undefined && heading.level > before.level + 1;
    return { ...heading, skipped: isSkipping ? before.level + 1 : undefined };
  });
}

function levelOf(element: Element): number {
  const told = Number(element.getAttribute('aria-level'));
  if (Number.isInteger(told) && told > 0) return told;
  const [, own] = /^H([1-6])$/i.exec(element.tagName) ?? [];
  // What says only that it is a heading is one of the second level.
  return own === undefined ? 2 : Number(own);
}

function textOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label !== null && label.trim() !== '') return label.trim();
  const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  if (text !== '') return text;
  const pictures = Array.from(
    element.querySelectorAll('img[alt]'),
    (picture) => picture.getAttribute('alt') ?? '',
  );
  return pictures.join(' ').trim();
}
