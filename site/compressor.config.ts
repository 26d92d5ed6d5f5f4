import { defineConfig } from '@widgy/compressor';

const { NODE_ENV, COMPRESSOR_SECRET } = process.env;

export default defineConfig({
  mode: NODE_ENV === 'production' ? 'offline' : 'development',
  templates: { engine: 'liquid', roots: ['templates'], extensions: ['.liquid'] },
  static: { url: '/static/', roots: ['static'] },
  output: { directory: '.cache/assets', url: '/assets/' },
  offline: { manifest: '.cache/compressor.manifest.json' },
  // A page is there before a visitor on the river loses the signal.
  budgets: [
    { page: '**/*', bytes: '20 kB' },
    { page: '**/*', kind: 'js', bytes: '6 kB' },
  ],
  secret: COMPRESSOR_SECRET,
});
