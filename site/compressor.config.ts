import { defineConfig } from '@widgy/compressor';

const { NODE_ENV, COMPRESSOR_SECRET } = process.env;

export default defineConfig({
  mode: NODE_ENV === 'production' ? 'in-request' : 'development',
  templates: { engine: 'liquid', roots: ['templates'], extensions: ['.liquid'] },
  static: { url: '/static/', roots: ['static'] },
  output: { directory: '.cache/assets', url: '/assets/' },
  secret: COMPRESSOR_SECRET,
});
