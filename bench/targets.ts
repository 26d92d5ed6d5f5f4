import { resolveTargets } from '../packages/compressor/src/build/targets.ts';

/** The browsers that every contender builds for: the compressor's default. */
export const BROWSERS = 'baseline widely available';

/** They as Lightning CSS takes them, and as esbuild and Oxc spell them. */
export const targets = resolveTargets([BROWSERS]);
