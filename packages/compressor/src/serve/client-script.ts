import { readFile } from 'node:fs/promises';
import { transform } from 'rolldown/utils';
import { caching } from '../caching.ts';
import type { AssetResponse } from './response.ts';

/** The script of live reload, for the browser. It is TypeScript in the workspace and JavaScript in the published package. */
export async function serveClientScript(): Promise<AssetResponse> {
  const isSource = import.meta.url.endsWith('.ts');
  const file = new URL(`client/live-reload.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const { code } = await transform(file.pathname, await readFile(file, 'utf8'), {
    lang: isSource ? 'ts' : 'js',
    tsconfig: false,
  });
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': caching.revalidate };
  return { status: 200, headers, body: Buffer.from(code) };
}
