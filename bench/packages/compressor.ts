import { type Config, resolveConfig, silentLogger } from '@widgy/compressor';
import { Builder } from '../../packages/compressor/src/build/builder.ts';
import { createBuildContext } from '../../packages/compressor/src/build/create-context.ts';
import { peersFolder } from '../peers.ts';
import { BROWSERS } from '../targets.ts';
import type { PackageBuilder } from './builder.ts';

/**
 * The compressor's own builder. Each build begins with an empty cache and reads its files anew; the Sass process stays, as
 * it does in a server.
 */
export async function startCompressor(): Promise<PackageBuilder> {
  const config: Config = {
    mode: 'in-request',
    static: { roots: ['entries'] },
    build: { browsers: BROWSERS, minify: true, sourceMaps: false },
    logger: silentLogger,
  };
  const context = createBuildContext(resolveConfig(config, peersFolder));
  return {
    name: 'compressor',
    async build({ goal, files }) {
      const builder = new Builder(context);
      const parts = await builder.plan({ goal, sources: files.map((file) => ({ file })) });
      const [part] = parts;
      if (part === undefined || parts.length > 1)
        throw new Error(`${files.join(', ')} became ${parts.length} parts.`);
      const { entries } = await builder.build(part);
      for (const { path } of part.inputs.values()) context.reader.forget(path);
      const [entry] = entries;
      if (entry === undefined || entries.length > 1)
        throw new Error(`${entries.length} entries instead of one.`);
      return entry.bytes.toString();
    },
    async close() {
      await Promise.all(context.transformers.map((transformer) => transformer.close?.()));
    },
  };
}
