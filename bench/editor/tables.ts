import { spread } from '../measure.ts';
import { formatBytes, formatNumber, type Table } from '../table.ts';
import { type Measured, p95 } from './goals.ts';
import type { PageFigures } from './measure-page.ts';

/** How long things took: the median, and what 95 of 100 did not exceed. */
export function timeTable(measured: Measured): Table {
  const of = (what: string, values: (figures: PageFigures) => readonly number[]) => [
    what,
    ...Array.from(measured.values(), (figures) => {
      const times = values(figures);
      return `${formatNumber(spread(times).median)} (${formatNumber(p95(times))})`;
    }),
  ];
  return {
    title: 'The editor, in ms: median (95th percentile)',
    head: ['', ...Array.from(measured.keys(), (size) => `${size} widgets`)],
    rows: [
      of('navigation to rows in the outline', ({ rows }) => rows),
      of('navigation to usable', ({ usable }) => usable),
      of('navigation to usable, scripts in the cache', ({ usableAgain }) => usableAgain),
      of('key press to paint', ({ keys }) => keys),
      of('key press to paint, a text field alone', ({ plainKeys }) => plainKeys),
      of('key press to the text in the preview', ({ typed }) => typed),
      of('selection to form', ({ form }) => form),
      of('changed widget in the preview, from the edit', ({ preview }) => preview),
      of('changed widget in the preview, from the answer', ({ previewAnswered }) => previewAnswered),
      of('move by keyboard to paint', ({ move }) => move),
      of('frame while dragging', ({ drag }) => drag),
      of('longest frame of a drag', ({ dragLongest }) => dragLongest),
    ],
  };
}

/** What it needs of the browser. */
export function sizeTable(measured: Measured): Table {
  const of = (what: string, value: (figures: PageFigures) => string) => [
    what,
    ...Array.from(measured.values(), value),
  ];
  return {
    title: 'What the editor needs',
    head: ['', ...Array.from(measured.keys(), (size) => `${size} widgets`)],
    rows: [
      of('scripts at first, bytes as sent', ({ scripts }) => formatBytes(scripts)),
      of('page, bytes as sent', ({ html }) => formatBytes(html)),
      of('JavaScript heap, MB', ({ heap }) => formatNumber(heap / 1_000_000)),
      of('processor until usable, ms', ({ processorToUsable }) =>
        formatNumber(spread(processorToUsable).median),
      ),
      of('processor for a key, ms', ({ processorPerKey }) => formatNumber(processorPerKey)),
    ],
  };
}
