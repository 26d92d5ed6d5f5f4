import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * Makes one file of a script and of all that it imports, packages included, for tests that start it again and again:
 * Node needs most of a second to load hundreds of modules, and a tenth of that for the same code in one.
 *
 * @param folder where it is put
 * @returns the path of the file
 */
export async function oneFile(script: string, folder: string): Promise<string> {
  const file = join(folder, basename(script).replace(/\.ts$/, '.mjs'));
  const bundle = await rolldown({
    input: script,
    platform: 'node',
    resolve: { conditionNames: ['widgy-source'] },
    // What pg asks for, and does without where it is not installed.
    external: ['pg-native'],
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message);
    },
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return file;
}
