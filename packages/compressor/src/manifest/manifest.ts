import * as z from 'zod';
import { CompressorError } from '../errors.ts';
import { contentHash } from '../hash.ts';
import { type Goal, isGoal, type PackedSource, packSource, type Source } from '../recipe/recipe.ts';

const hash = z.string().regex(/^[0-9a-f]{16}$/);
const artifactName = z.string().regex(/^[\w-][\w.-]*$/);
const packedSource: z.ZodType<PackedSource> = z.union([
  z.string(),
  z.tuple([z.string(), z.string()]),
  z.tuple([z.string(), z.string(), z.literal(0)]),
]);

const schema = z.strictObject({
  format: z.literal('widgy-compressor-manifest'),
  version: z.literal(1),
  /** By the hash of a group: its sources, and the parts it was built into, in order. */
  groups: z.record(
    hash,
    z.strictObject({
      goal: z.custom<Goal>(isGoal, 'must be style, classic, module, or a kind of the site'),
      sources: z.array(packedSource),
      parts: z.array(z.strictObject({ key: hash, entry: artifactName })),
    }),
  ),
  /** By the hash of a recipe: its groups, and the attributes each tag gets. */
  recipes: z.record(
    hash,
    z.strictObject({
      kind: z.string(),
      groups: z.array(z.strictObject({ group: hash, attributes: z.record(z.string(), z.string()) })),
    }),
  ),
  /** By the hash of a block that is the same for every rendering, as its template writes it: its recipe. */
  literals: z.record(hash, hash),
  /** The blocks of the templates, and the recipes that the contexts made of each. */
  blocks: z.array(
    z.strictObject({
      template: z.string(),
      line: z.int().exactOptional(),
      column: z.int().exactOptional(),
      /** Which block of the page it is, from 1, where the engine does not know lines. */
      block: z.int().exactOptional(),
      kind: z.string(),
      mode: z.enum(['file', 'inline', 'preload']),
      name: z.string().exactOptional(),
      /** What its tag asks of the tags in its place. */
      attributes: z.record(z.string(), z.string()).exactOptional(),
      recipes: z.array(hash),
    }),
  ),
  /**
   * By the name of a template: the blocks that its pages show whatever their variables are, in the order of the page. Each is a
   * place in `blocks` and the recipe that every context made of it.
   */
  pages: z.record(z.string(), z.array(z.strictObject({ block: z.int().nonnegative(), recipe: hash }))),
  /** All output files, by their content-addressed names. */
  artifacts: z.record(
    artifactName,
    z.strictObject({
      size: z.int().nonnegative(),
      /** Subresource Integrity metadata. */
      integrity: z.string(),
      /** Artifacts it refers to by their names. */
      references: z.array(artifactName),
    }),
  ),
  /** The fingerprinted name of every static file, by its name; absent where static files were not published. */
  statics: z.record(z.string(), z.string()).exactOptional(),
  /** Every source that was read, with its content hash: what this build was made from. */
  inputs: z.record(z.string(), hash),
});

/**
 * Facts about one build: which groups became which artifacts. Data only, without HTML, URLs of the site, times or paths, so
 * that the same sources give the same bytes anywhere.
 */
export type Manifest = Readonly<z.infer<typeof schema>>;

/** Static files are published below this name, each under its fingerprinted one. */
export const STATIC_FOLDER = 'static/';

/** A manifest as text, the same bytes for equal manifests: the names in every table are in order. */
export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, (_key, value: unknown) => (isTable(value) ? inNameOrder(value) : value), 1)}\n`;
}

/** The id of the release that a manifest is: the hash of its text. */
export function releaseId(text: string): string {
  return contentHash(text);
}

/**
 * Reads the text of a manifest.
 *
 * @param file for messages
 * @param help what to do about a text that is damaged; default: the advice of the catalogue
 * @throws CompressorError `manifest-invalid` for a text that is damaged, something else, or from a newer version
 */
export function parseManifest(text: string, file: string, help?: string): Manifest {
  const invalid = (message: string, cause?: unknown, advice = help) =>
    new CompressorError('manifest-invalid', { message, place: { file }, help: advice, cause });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw invalid('the manifest is not complete JSON: it was cut off or damaged', cause);
  }
  if (!isTable(data) || data.format !== 'widgy-compressor-manifest') {
    throw invalid('the file is no manifest of the compressor');
  }
  if (typeof data.version === 'number' && data.version > 1) {
    throw invalid(
      `the manifest has version ${data.version}, which a newer compressor wrote; this one reads version 1`,
      undefined,
      'Install the version of the compressor that wrote it.',
    );
  }
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(`the manifest is damaged at "${issue?.path.join('.')}": ${issue?.message}`);
}

/** What a group is known by in a manifest: nothing of how or where it is shown. */
export function groupHash(group: { readonly goal: Goal; readonly sources: readonly Source[] }): string {
  return contentHash(JSON.stringify([group.goal, group.sources.map(packSource)]));
}

/** What a block without variables is known by: its kind and its text as the template holds it. */
export function literalHash(kind: string, literal: string): string {
  return contentHash(JSON.stringify([kind, literal]));
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inNameOrder(table: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));
}
