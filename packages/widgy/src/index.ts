/** What the command `widgy` is told of a site. */
export { type CheckedRendering, type Config, defineConfig, type Lazy } from './config/config.ts';
