import type { FinishedFile } from '../build/finished.ts';
import { mapLimited } from '../limit.ts';
import type { BuiltPart } from '../offline/build-groups.ts';
import type { Weigh } from './scales.ts';
import type { SiteView } from './site-view.ts';
import type { Size } from './size.ts';
import { isMap, type SourceShare, type TraceSources } from './trace-sources.ts';

/** A file with its weight and where its bytes come from. */
export interface MeasuredFile {
  readonly name: string;
  readonly type: string;
  readonly size: Size;
  readonly sources: readonly SourceShare[];
}

/** The files of a part: what a page loads for it at once, and what it loads later if it needs it. */
export interface MeasuredPart {
  readonly atOnce: readonly MeasuredFile[];
  readonly later: readonly MeasuredFile[];
}

/** How to measure. */
export interface Measuring {
  readonly weigh: Weigh;
  readonly trace: TraceSources;
  /** How many parts at once. */
  readonly workers: number;
  readonly onMeasured?: (done: number, total: number, name: string) => void;
}

/** Measures every part that a block of the site shows, by key. */
export async function measureParts(
  { variants }: SiteView,
  { weigh, trace, workers, onMeasured = () => {} }: Measuring,
): Promise<ReadonlyMap<string, MeasuredPart>> {
  const parts = new Map(variants.flatMap(({ parts }) => parts.map((each) => [each.part.key, each] as const)));
  let done = 0;
  const measured = await mapLimited([...parts], workers, async ([key, part]) => {
    const { atOnce, later } = await loadingOf(part);
    const measureAll = (files: readonly FinishedFile[]) =>
      Promise.all(
        files.map(async (file) => ({
          name: file.name,
          type: file.type,
          size: await weigh(file),
          sources: await trace(part, file),
        })),
      );
    const result = { atOnce: await measureAll(atOnce), later: await measureAll(later) };
    done += 1;
    onMeasured(done, parts.size, part.part.name);
    return [key, result] as const;
  });
  return new Map(measured);
}

/**
 * Says which files of a part a page loads at once: the entries, and what they import without condition. Chunks behind `import()`,
 * fonts and pictures come later, if at all.
 */
async function loadingOf({
  build: { entries, files },
}: BuiltPart): Promise<{ atOnce: FinishedFile[]; later: FinishedFile[] }> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const atOnce = new Map<string, FinishedFile>();
  const follow = async (file: FinishedFile): Promise<void> => {
    if (atOnce.has(file.name)) return;
    atOnce.set(file.name, file);
    const scripts = file.references.filter((name) => name.endsWith('.js') && byName.has(name));
    if (scripts.length === 0) return;
    const text = (await file.load()).toString();
    for (const name of scripts) {
      const imported = byName.get(name);
      if (imported !== undefined && importsAtOnce(text, name)) await follow(imported);
    }
  };
  for (const entry of entries) await follow(entry);
  return {
    atOnce: [...atOnce.values()],
    later: files.filter((file) => !isMap(file) && !atOnce.has(file.name)),
  };
}

/** Whether a module names another anywhere but in `import()`. Names of chunks are hashes, so nothing else looks like one. */
function importsAtOnce(text: string, name: string): boolean {
  return text
    .split(`./${name}`)
    .slice(0, -1)
    .some((before) => !/\bimport\(\s*["'`]$/.test(before));
}
