import type { Benchmark } from '../benchmark.ts';
import type { EditorEffort } from './effort.ts';
import { goalsOf, type Measured } from './goals.ts';
import { measurePage, type PageFigures } from './measure-page.ts';
import { openEditorPlace } from './place.ts';
import { sizeTable, timeTable } from './tables.ts';
import { DEPTH } from './tree.ts';

const SIZES = [100, 1_000, 3_000];
const FULL: EditorEffort = { opens: 9, keys: 60, acts: 40, drags: 5 };
const QUICK: EditorEffort = { opens: 2, keys: 20, acts: 6, drags: 1 };

/** The editor in a browser, on pages of three sizes. */
export const editor: Benchmark = async (thoroughness) => {
  const effort = thoroughness === 'full' ? FULL : QUICK;
  await using place = await openEditorPlace(SIZES);
  const figures = new Map<number, PageFigures>();
  for (const size of SIZES) {
    // What the server does once, it has done.
    await measurePage(place, size, { opens: 1, keys: 2, acts: 2, drags: 0 });
    figures.set(size, await measurePage(place, size, effort));
  }
  const measured: Measured = figures;
  return {
    tables: [timeTable(measured), sizeTable(measured)],
    goals: goalsOf(measured),
    notes: [
      `Pages are ${DEPTH} levels deep, in Chromium ${place.browser.version()}, 1440 by 900 pixels, without a graphics card, at 60 frames a second.`,
      'All times end when the frame was made that shows what is waited for; the wait for that frame is in them, up to 16.7 ms.',
      `Keys come every 80 ms, so that changes are sent, answered and shown in the preview between them.`,
      'Usable: rows are in the outline, and a click on one, as soon as there are some, shows a form. The first time nothing is in the cache of the browser.',
      'A key is painted in the form first; the text in the preview has the frame behind that one.',
      'Assets are made ahead; the server runs on SQLite, on the same processors as the browser.',
    ],
    data: Object.fromEntries(measured),
  };
};
