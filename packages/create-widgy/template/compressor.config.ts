import './src/environment.ts';
import { defineConfig } from '@widgy/compressor';
import { offlineContext } from 'widgy/offline';
import { renderer } from './src/rendering.ts';

export default defineConfig({
  // In production nothing is compiled while visitors wait: npm run compress has done it.
  mode: process.env.NODE_ENV === 'production' ? 'offline' : 'development',
  templates: renderer.templates,
  offline: { context: offlineContext(() => import('./widgy.config.ts')) },
});
