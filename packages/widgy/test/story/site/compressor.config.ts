import { defineConfig } from '@widgy/compressor';
import { renderer } from './rendering.ts';

export default defineConfig({
  templates: renderer.templates,
  secret: process.env.COMPRESSOR_SECRET,
});
