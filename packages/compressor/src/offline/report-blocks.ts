import { formatPlace } from '../errors.ts';
import { isFile, type Kind, type Source, type TagMode } from '../recipe/recipe.ts';
import { recipeId } from './create-manifest.ts';
import { compare } from './diagnostic.ts';
import type { Occurrence } from './occurrences.ts';
import { looksPerRequest } from './per-request.ts';
import { variableName } from './read-log.ts';

/** What a block hangs on, and what the contexts make of it. */
export interface BlockReport {
  readonly template: string;
  readonly line: number;
  readonly column: number;
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
    const { file, line = 1, column = 1 } = place;
    return [
      {
        template: file,
        line,
        column,
        kind,
        mode,
        ...(name && { name }),
        variables: variablesOf(own),
        variants: variantsOf(own),
      },
    ];
  });
  return reports.sort((a, b) => compare(a.template, b.template) || a.line - b.line || a.column - b.column);
}

function variablesOf(occurrences: readonly Occurrence[]): VariableReport[] {
  const variables = new Map<string, VariableReport>();
  for (const { reads, origin, block } of occurrences) {
    for (const read of reads) {
      const { file, line, column } = read.place ?? block.place;
      const name = variableName(read);
      const key = JSON.stringify([name, file, line, column]);
      const lackedBy = [...(variables.get(key)?.lackedBy ?? []), ...(read.isMissing ? [origin.context] : [])];
      variables.set(key, {
        name,
        template: file,
        line,
        column,
        lackedBy: [...new Set(lackedBy)],
        looksPerRequest: looksPerRequest(read.path),
      });
    }
  }
  return [...variables.values()].sort((a, b) => compare(a.name, b.name) || (a.line ?? 0) - (b.line ?? 0));
}

function variantsOf(occurrences: readonly Occurrence[]): VariantReport[] {
  const variants = new Map<string, VariantReport>();
  for (const { content, origin } of occurrences) {
    if (content === undefined) continue;
    const recipe = recipeId(content.recipe);
    const known = variants.get(recipe);
    variants.set(recipe, {
      recipe,
      sources: content.recipe.groups.flatMap(({ sources }) => sources.map(shownSource)),
      contexts: [...new Set([...(known?.contexts ?? []), origin.context])],
      templates: [...new Set([...(known?.templates ?? []), origin.template])],
    });
  }
  return [...variants.values()];
}

function shownSource(source: Source): string {
  if (isFile(source)) return source.file;
  const [line = ''] = source.text.trim().split('\n');
  return `inline${source.language}: ${line.length > 60 ? `${line.slice(0, 60)}…` : line}`;
}
