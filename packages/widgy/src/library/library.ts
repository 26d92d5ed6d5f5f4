import type { WidgetType } from '../widgets/define-widget.ts';
import type { FieldKinds } from '../widgets/fields/kind.ts';
import { accordion } from './accordion/accordion.ts';
import { accordionSection } from './accordion-section/accordion-section.ts';
import { button } from './button/button.ts';
import { callout } from './callout/callout.ts';
import { calloutKind } from './callout/callout-kind.ts';
import { calloutBody } from './callout-body/callout-body.ts';
import { figure } from './figure/figure.ts';
import { heading } from './heading/heading.ts';
import { html } from './html/html.ts';
import { sourceKind } from './html/source-kind.ts';
import { image } from './image/image.ts';
import { markdown } from './markdown/markdown.ts';
import { oneColumn } from './one-column/one-column.ts';
import { section } from './section/section.ts';
import { tab } from './tab/tab.ts';
import { cellsKind } from './table/cells.ts';
import { table } from './table/table.ts';
import { tabs } from './tabs/tabs.ts';
import { text } from './text/text.ts';
import { twoColumns } from './two-columns/two-columns.ts';
import { unsafeKind } from './unsafe-html/unsafe-kind.ts';
import { video, videoKind } from './video/video.ts';

/**
 * All widgets of the library that anybody who edits pages may have: `defineSite({ widgets: library, kinds: libraryKinds })`. Unsafe HTML is
 * not among them; a site that wants it adds `unsafeHtml` and {@link unsafeKinds}.
 */
export const library: readonly WidgetType[] = [
  oneColumn,
  twoColumns,
  section,
  heading,
  text,
  markdown,
  html,
  image,
  figure,
  button,
  video,
  accordion,
  accordionSection,
  tabs,
  tab,
  table,
  callout,
  calloutBody,
];

/** The kinds of fields that the widgets of {@link library} have beside those of every site. */
export const libraryKinds = {
  callout: calloutKind,
  'html-source': sourceKind,
  'table-cells': cellsKind,
  video: videoKind,
} as const satisfies FieldKinds;

/** The kind of field of `unsafeHtml`. */
export const unsafeKinds = { 'unsafe-html': unsafeKind } as const satisfies FieldKinds;
