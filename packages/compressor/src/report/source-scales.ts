import type { Artifact } from '../build/artifact.ts';
import { Builder } from '../build/builder.ts';
import type { BuildContext } from '../build/context.ts';
import type { CodeKind } from '../recipe/recipe.ts';
import { BROTLI, compressBytes, isEncoded, isWorthwhile } from '../storage/encodings.ts';
import type { Size } from './size.ts';

/** What some sources weigh together. */
export type SourceSize = Pick<Size, 'raw' | 'brotli'>;

/**
 * Weighs sources as a release ships them, whatever the mode is: minified, without source maps, and with Brotli. It builds them apart from
 * what pages show, and again only when they change.
 */
export class SourceScales {
  readonly #builder: Builder;
  readonly #weights = new WeakMap<Artifact, Promise<SourceSize>>();

  /** @param onRead told of each file that the weight of something depends on */
  constructor(context: BuildContext, onRead: (path: string) => void) {
    this.#builder = new Builder({ ...context, minify: true, sourceMaps: false }, { onRead });
  }

  /** @throws CompressorError what building the sources finds */
  async weigh(kind: CodeKind, names: readonly string[]): Promise<SourceSize> {
    const goal = kind === 'css' ? 'style' : 'module';
    const parts = await this.#builder.plan({ goal, sources: names.map((file) => ({ file })) });
    const builds = await Promise.all(parts.map((part) => this.#builder.build(part)));
    const scripts = builds.flatMap(({ entries, files }) => [
      ...entries,
      ...files.filter(({ name }) => goal === 'module' && name.endsWith('.js')),
    ]);
    const sizes = await Promise.all(scripts.map((artifact) => this.#weightOf(artifact)));
    return {
      raw: sizes.reduce((sum, { raw }) => sum + raw, 0),
      brotli: sizes.reduce((sum, { brotli }) => sum + brotli, 0),
    };
  }

  /** Sources changed. */
  forget(paths: readonly string[]): void {
    this.#builder.invalidate(paths);
  }

  #weightOf(artifact: Artifact): Promise<SourceSize> {
    const weight = this.#weights.get(artifact) ?? weigh(artifact);
    this.#weights.set(artifact, weight);
    return weight;
  }
}

async function weigh({ bytes, type }: Artifact): Promise<SourceSize> {
  const raw = bytes.length;
  if (!isEncoded({ type, size: raw })) return { raw, brotli: raw };
  const { length } = await compressBytes(bytes, BROTLI, 'publishing');
  return { raw, brotli: isWorthwhile(length, raw) ? length : raw };
}
