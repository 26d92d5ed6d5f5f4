import { formatPlace, type Place } from '../errors.ts';
import { isFile, type Kind, type Recipe, type Source, type TagMode } from '../recipe/recipe.ts';
import { recipeId } from './create-manifest.ts';
import { compare } from './diagnostic.ts';
import type { Occurrence } from './occurrences.ts';
import { looksPerRequest } from './per-request.ts';
import { type Read, variableName } from './read-log.ts';

/** What a block hangs on, and what the contexts make of it. */
export interface BlockReport {
  readonly template: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** Which block of the page it is, where the engine does not know lines. */
  readonly block?: number;
  readonly kind: Kind;
  readonly mode: TagMode;
  readonly name?: string;
  readonly variables: readonly VariableReport[];
  readonly variants: readonly VariantReport[];
}

/** A variable that a block reads. */
export interface VariableReport {
  readonly name: string;
  readonly template: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** The contexts that do not supply it. */
  readonly lackedBy: readonly string[];
  /** Whether its name looks like something that changes from request to request. */
  readonly looksPerRequest: boolean;
  /** Where it is kept, if it may be changed there after the build. */
  readonly keptIn?: string;
}

/** What some of the contexts make of a block. */
export interface VariantReport {
  readonly recipe: string;
  /** Files by their names, inline text by its beginning. */
  readonly sources: readonly string[];
  readonly contexts: readonly string[];
  /** The templates that were run when the block was reached. */
  readonly templates: readonly string[];
}

/** Reports every block, in the order of templates and lines. */
export function reportBlocks(occurrences: readonly Occurrence[]): BlockReport[] {
  const byPlace = Map.groupBy(occurrences, ({ block }) => formatPlace(block.place));
  const reports = [...byPlace.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { place, kind, mode, name } = first.block;
    const { file, line, column, block } = place;
    return [
      {
        template: file,
        line,
        column,
        ...(block !== undefined && { block }),
        kind,
        mode,
        ...(name && { name }),
        variables: variablesOf(own),
        variants: variantsOf(own),
      },
    ];
  });
  return reports.sort(
    (a, b) =>
      compare(a.template, b.template) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      (a.block ?? 0) - (b.block ?? 0),
  );
}

function variablesOf(occurrences: readonly Occurrence[]): VariableReport[] {
  const variables = new Map<string, { read: Read; place: Place; lackedBy: Set<string>; keptIn?: string }>();
  for (const { reads, origin, block } of occurrences) {
    for (const read of reads) {
      const place = read.place ?? block.place;
      const key = `${formatPlace(place)} ${variableName(read)}`;
      const known = variables.get(key) ?? { read, place, lackedBy: new Set() };
      variables.set(key, known);
      if (read.keptIn !== undefined) known.keptIn = read.keptIn;
      if (read.isMissing) known.lackedBy.add(origin.context);
    }
  }
  const reports = [...variables.values()].map(
    ({ read, place: { file, line, column }, lackedBy, keptIn }) => ({
      name: variableName(read),
      template: file,
      line,
      column,
      lackedBy: [...lackedBy],
      looksPerRequest: looksPerRequest(read.path),
      ...(keptIn !== undefined && { keptIn }),
    }),
  );
  return reports.sort((a, b) => compare(a.name, b.name) || (a.line ?? 0) - (b.line ?? 0));
}

function variantsOf(occurrences: readonly Occurrence[]): VariantReport[] {
  const variants = new Map<string, { recipe: Recipe; contexts: Set<string>; templates: Set<string> }>();
  for (const { content, origin } of occurrences) {
    if (content === undefined) continue;
    const id = recipeId(content.recipe);
    const known = variants.get(id) ?? { recipe: content.recipe, contexts: new Set(), templates: new Set() };
    variants.set(id, known);
    known.contexts.add(origin.context);
    known.templates.add(origin.template);
  }
  return [...variants].map(([id, { recipe, contexts, templates }]) => ({
    recipe: id,
    sources: recipe.groups.flatMap(({ sources }) => sources.map(shownSource)),
    contexts: [...contexts],
    templates: [...templates],
  }));
}

function shownSource(source: Source): string {
  if (isFile(source)) return source.file;
  const [line = ''] = source.text.trim().split('\n');
  return `inline${source.language}: ${line.length > 60 ? `${line.slice(0, 60)}…` : line}`;
}
