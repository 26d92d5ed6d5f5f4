import type { Context } from 'liquidjs';
import type { RenderLimits } from './limits.ts';
import type { OwnTime } from './own-time.ts';
import type { Recording } from './recording.ts';
import type { RenderTimes } from './render-times.ts';
import type { Views, WidgetView } from './views.ts';

/** For whom something is rendered: visitors, or people who edit. */
export type Purpose = 'public' | 'preview';

/** One rendering of a tree: what all its widgets share. */
export interface Page {
  readonly purpose: Purpose;
  readonly views: Views;
  /** What the page gives to templates, and what is the same on every page. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly limits: RenderLimits;
  readonly renderLimit: Context['renderLimit'];
  readonly recording: Recording;
  /** Widgets around the root, where a tree is shown in another one. */
  readonly depth: number;
  /** Where each widget notes the milliseconds that it took; undefined where nobody asks. */
  readonly times: RenderTimes | undefined;
}

/** One widget being rendered. */
export interface Frame {
  readonly page: Page;
  readonly view: WidgetView;
  readonly time: OwnTime;
  /** Widgets around it and itself. */
  readonly depth: number;
}
