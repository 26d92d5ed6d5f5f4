import { CompressorError } from '../errors.ts';
import { nameOfUrl, printable } from '../sources/names.ts';
import { findBeside, isForeign } from './beside.ts';
import { type BuildContext, folderOf } from './context.ts';
import type { ScannedImport } from './css-scan.ts';
import { toolError } from './locate.ts';
import type { StyleSheet } from './style-sheet.ts';

/**
 * The path an `@import` means; undefined for a style sheet of another site.
 *
 * @param from the files that relative URLs start beside, in order
 * @throws CompressorError `import-missing`, and what finding throws
 */
async function importTarget(
  url: string,
  from: readonly string[],
  context: BuildContext,
): Promise<string | undefined> {
  const path = url.replace(/[?#].*$/s, '');
  try {
    const name = nameOfUrl(path, context.staticUrl);
    if (name !== undefined) return (await context.finder.find(name)).path;
    if (isForeign(path)) return undefined;
    for (const folder of path === '' ? [] : new Set(from.map(folderOf))) {
      const file = await findBeside(folder, path, context);
      if (file !== undefined) return file;
    }
  } catch (cause) {
    if (!(cause instanceof CompressorError) || cause.code !== 'source-missing') throw cause;
  }
  throw new CompressorError('import-missing', { message: `there is no style sheet "${printable(url)}"` });
}

/** An import of one sheet by another; `to` is undefined for a sheet of another site. */
interface Edge {
  readonly from: string;
  readonly to: string | undefined;
  readonly at: ScannedImport | undefined;
}

/** Who imports whom in one bundle. */
export class StyleImports {
  readonly #edges: Edge[] = [];
  readonly #sheets: ReadonlyMap<string, StyleSheet>;
  readonly #context: BuildContext;

  constructor(sheets: ReadonlyMap<string, StyleSheet>, context: BuildContext) {
    this.#sheets = sheets;
    this.#context = context;
  }

  /** Whether a sheet of another site is imported anywhere. */
  get hasForeign(): boolean {
    return this.#edges.some(({ to }) => to === undefined);
  }

  /**
   * Finds what an import means and notes it.
   *
   * @throws CompressorError `import-loop`, and what finding throws
   */
  async resolve(url: string, from: string): Promise<string | { external: string }> {
    const sheet = this.#sheets.get(from);
    const same = sheet?.imports.filter((each) => each.url === url) ?? [];
    const at = same.find(({ isConditional }) => isConditional) ?? same[0];
    const written = at && sheet?.placeOf(at.start).path;
    const to = await importTarget(url, [written ?? from, from], this.#context);
    const way = to === undefined ? undefined : this.#way(to, from, new Set());
    if (way !== undefined) {
      const names = [from, ...way].map((path) => this.#context.finder.nameOf(path) ?? path);
      throw new CompressorError('import-loop', {
        message: `the imports form a loop: ${names.join(' → ')}`,
      });
    }
    this.#edges.push({ from, to, at });
    return to ?? { external: url };
  }

  /**
   * Refuses what inlining would change the meaning of: an import of another site below a conditional import, whose
   * condition would be lost.
   *
   * @throws CompressorError `import-external-late`
   */
  async check(): Promise<void> {
    for (const foreign of this.#edges) {
      if (foreign.to !== undefined) continue;
      const condition = this.#edges.find(
        ({ to, at }) =>
          to !== undefined && at?.isConditional && this.#way(to, foreign.from, new Set()) !== undefined,
      );
      if (condition === undefined) continue;
      const name = this.#context.finder.nameOf(condition.from) ?? condition.from;
      throw await this.#lateImport(
        foreign,
        `an import of another site would lose the condition that ${name} imports this style sheet under`,
        'Import the other site in the outermost style sheet, with the condition, or use a <link> for it.',
      );
    }
  }

  /** The error for an import of another site that would come after rules, where browsers ignore it. */
  async late(): Promise<CompressorError> {
    const foreign = this.#edges.filter(({ to }) => to === undefined).sort(byPlace);
    // The one that is late stands after an import of the site; with several, the last of them surely does.
    const late = foreign.at(-1) ?? { from: '', to: undefined, at: undefined };
    return this.#lateImport(late, 'an import of another site comes after local styles');
  }

  async #lateImport({ from, at }: Edge, message: string, help?: string): Promise<CompressorError> {
    const place = this.#sheets.get(from)?.placeOf(at?.start ?? 0) ?? { path: from, line: 1, column: 1 };
    return toolError(this.#context.finder, 'import-external-late', message, place, { help });
  }

  /** The files from one to another along imports, both included. */
  #way(from: string, to: string, seen: Set<string>): string[] | undefined {
    if (from === to) return [to];
    if (seen.has(from)) return undefined;
    seen.add(from);
    for (const edge of this.#edges) {
      if (edge.from !== from || edge.to === undefined) continue;
      const rest = this.#way(edge.to, to, seen);
      if (rest !== undefined) return [from, ...rest];
    }
    return undefined;
  }
}

function byPlace(a: Edge, b: Edge): number {
  return a.from === b.from ? (a.at?.start ?? 0) - (b.at?.start ?? 0) : a.from < b.from ? -1 : 1;
}
