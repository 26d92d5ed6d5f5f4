// Builds the bundles of a corpus with esbuild, one call for each, and writes them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFromHere } from '../peers/import.mjs';

const [folder = ''] = process.argv.slice(2);
const { transform } = await importFromHere('esbuild');
const { scriptBlocks, styleBlocks } = JSON.parse(readFileSync(join(folder, 'blocks.json'), 'utf8'));
mkdirSync(join(folder, 'esbuild'), { recursive: true });
const target = JSON.parse(readFileSync(join(folder, 'targets.json'), 'utf8'));

const build = async (names, loader, index) => {
  const text = names
    .map((name) => readFileSync(join(folder, 'static', name), 'utf8'))
    .join('\n;\n'.slice(loader === 'js' ? 0 : 2));
  const { code } = await transform(text, {
    loader,
    minify: true,
    target,
    legalComments: 'inline',
    logLevel: 'silent',
  });
  writeFileSync(join(folder, 'esbuild', `${index}.${loader}`), code);
};
await Promise.all([
  ...scriptBlocks.map((names, index) => build(names, 'js', index)),
  ...styleBlocks.map((names, index) => build(names, 'css', index)),
]);
process.exit(0);
