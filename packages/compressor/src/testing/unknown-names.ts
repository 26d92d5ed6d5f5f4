// Asks a site for ten thousand names that do not exist and prints by how many bytes the heap grew. Runs in a process of its
// own, with --expose-gc.
import { createCompressor } from '../compressor.ts';
import { resolveConfig } from '../config/resolve.ts';
import { silentLogger } from '../log.ts';
import { TEST_SECRET, urlsIn } from './site.ts';

const [, , folder = '.'] = process.argv;
const compressor = await createCompressor(
  resolveConfig({ mode: 'in-request', secret: TEST_SECRET, logger: silentLogger }, folder),
);
const [known = ''] = urlsIn(await compressor.render('a.liquid'));
const signedFolder = known.slice(0, known.lastIndexOf('/'));

async function ask(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += 1) {
    const hash = index.toString(16).padStart(16, '0');
    for (const url of [
      `/assets/p${hash}.${'A'.repeat(22)}/a.${hash}.css`,
      `${signedFolder}/x.${hash}.png`,
      `${signedFolder}/a.${hash}.css`,
      `/static/img/${hash}.png`,
    ]) {
      await compressor.handle({ method: 'GET', url, headers: {} });
    }
  }
}

// The first names warm up what is kept anyway.
await ask(0, 1_000);
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
await ask(1_000, 11_000);
globalThis.gc?.();
process.stdout.write(String(process.memoryUsage().heapUsed - before));
await compressor.close();
