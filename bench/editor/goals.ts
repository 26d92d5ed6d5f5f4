import type { Goal } from '../benchmark.ts';
import { quantile, spread } from '../measure.ts';
import { formatBytes, formatNumber } from '../table.ts';
import type { PageFigures } from './measure-page.ts';

/** What was measured, by the number of widgets. */
export type Measured = ReadonlyMap<number, PageFigures>;

/** The page of which most was promised. */
const PROMISED = 1_000;

/** Of a screen that shows 60 frames a second, in milliseconds: a frame that takes half of one more was missed. */
const FRAME_MS = 1_000 / 60;

/** The value that 95 of 100 do not exceed. */
export function p95(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.95,
  );
}

/** What was promised. */
export function goalsOf(measured: Measured): readonly Goal[] {
  const figures = measured.get(PROMISED);
  if (figures === undefined) return [];
  const within = (what: string, most: number, value: number): Goal => ({
    what: `${PROMISED} widgets: ${what}`,
    wanted: `at most ${formatNumber(most)} ms`,
    measured: `${formatNumber(value)} ms`,
    isMet: value <= most,
  });
  const median = (values: readonly number[]) => spread(values).median;
  return [
    within('usable after the navigation', 1_000, median(figures.usable)),
    within('key press to paint, 95th percentile', 16, p95(figures.keys)),
    within('selection to form, 95th percentile', 100, p95(figures.form)),
    within(
      'preview of a changed widget, from the answer, 95th percentile',
      150,
      p95(figures.previewAnswered),
    ),
    within('preview of a changed widget, from the edit, 95th percentile', 150, p95(figures.preview)),
    within('frames while dragging, 95th percentile', FRAME_MS * 1.5, p95(figures.drag)),
    {
      what: 'scripts that are loaded at first',
      wanted: `at most ${formatBytes(MOST_SCRIPT_BYTES)} bytes`,
      measured: formatBytes(figures.scripts),
      isMet: figures.scripts <= MOST_SCRIPT_BYTES,
    },
  ];
}

/** Of scripts, as they are sent. */
const MOST_SCRIPT_BYTES = 90 * 1024;
