import { join } from 'node:path';
import { defineConfig } from '@widgy/compressor';
import { offlineContext } from 'widgy/offline';
import { renderer } from './rendering.ts';

const { BENCH_FOLDER = '' } = process.env;

export default defineConfig({
  mode: 'offline',
  templates: renderer.templates,
  output: { directory: join(BENCH_FOLDER, 'assets'), url: '/assets/' },
  offline: {
    manifest: join(BENCH_FOLDER, 'manifest.json'),
    context: offlineContext(() => import('./widgy.config.ts')),
  },
});
