import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

/** The bytes of all files of a kind after Brotli 11, each on its own, and how many there are. */
export async function brotliSize(
  folder: string,
  extension: '.js' | '.css',
): Promise<{ readonly files: number; readonly bytes: number }> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith(extension),
  );
  let bytes = 0;
  const compress = promisify(brotliCompress);
  const rest = names.values();
  const work = async () => {
    for (const name of rest) {
      const content = readFileSync(join(folder, name));
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      };
      const { length } = await compress(content, { params });
      bytes += length;
    }
  };
  await Promise.all([work(), work()]);
  return { files: names.length, bytes };
}
