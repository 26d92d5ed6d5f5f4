import { defineConfig } from '@widgy/compressor';

const { NODE_ENV, COMPRESSOR_SECRET } = process.env;

export default defineConfig({
  mode: NODE_ENV === 'production' ? 'offline' : 'development',
  templates: { engine: 'liquid', roots: ['templates'], extensions: ['.liquid'] },
  static: { url: '/static/', roots: ['static'] },
  output: { directory: '.cache/assets', url: '/assets/' },
  offline: { manifest: '.cache/compressor.manifest.json' },
  secret: COMPRESSOR_SECRET,
});
