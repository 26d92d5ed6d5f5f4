import { rolldown } from 'rolldown';
import { escapeInline } from '../../render/inline.ts';

/** The script of the map, in one piece. It is TypeScript in the workspace and JavaScript in the published package. */
export async function mapScript(): Promise<string> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const input = new URL(`../client/treemap.${extension}`, import.meta.url);
  const bundle = await rolldown({ input: input.pathname, platform: 'browser', tsconfig: false });
  try {
    const { output } = await bundle.generate({ format: 'iife', minify: true });
    return await escapeInline('classic', output[0].code);
  } finally {
    await bundle.close();
  }
}
