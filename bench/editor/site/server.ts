// The site of the benchmark, as any site is started, with its assets made ahead.
import { createCompressor, loadConfig } from '@widgy/compressor';
import { startServer } from 'widgy/server';
import { renderer } from './rendering.ts';
import config from './widgy.config.ts';

const compressor = await createCompressor(await loadConfig(new URL('compressor.config.ts', import.meta.url)));
await startServer({ config, renderer, compressor });
