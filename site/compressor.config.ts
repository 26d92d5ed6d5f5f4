import { defineConfig } from '@widgy/compressor';
import { offlineContext } from 'widgy/offline';
import { renderer } from './src/rendering.ts';

const { NODE_ENV, COMPRESSOR_SECRET } = process.env;

export default defineConfig({
  mode: NODE_ENV === 'production' ? 'offline' : 'development',
  templates: renderer.templates,
  static: { url: '/static/', roots: ['static'] },
  output: { directory: '.cache/assets', url: '/assets/' },
  offline: {
    manifest: '.cache/compressor.manifest.json',
    context: offlineContext(() => import('./widgy.config.ts')),
  },
  // A page is there before a visitor on the river loses the signal.
  budgets: [
    { page: 'pages/*', bytes: '20 kB' },
    { page: 'pages/*', kind: 'js', bytes: '6 kB' },
  ],
  secret: COMPRESSOR_SECRET,
});
