// Puts the JavaScript of a compiled package together into few files: a server that loads hundreds starts late. What is exported, and what
// is loaded later, keeps files of its own; types stay as they are, and no other JavaScript stays. Usage: bundle.ts PACKAGE_FOLDER
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { parse, Visitor } from 'rolldown/utils';

const [given] = process.argv.slice(2);
if (given === undefined) throw new Error('Usage: bundle.ts PACKAGE_FOLDER');
const folder = resolve(given);
const manifest: {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Tells a module the place that it had before, by the package's own name: its code may end in any file. */
const ownPlace: Plugin = {
  name: 'own-place',
  async transform(code, id) {
    if (!code.includes('import.meta.')) return undefined;
    const { program } = await parse(id, code);
    const edits: { start: number; end: number; text: string }[] = [];
    new Visitor({
      MemberExpression({ start, end, object, property }) {
        if (object.type !== 'MetaProperty' || property.type !== 'Identifier') return;
        if (property.name === 'url') edits.push({ start, end, text: `${placeOf(id)}.href` });
        if (property.name === 'dirname') {
          const path = `process.getBuiltinModule('node:url').fileURLToPath(${placeOf(join(id, '..'))})`;
          edits.push({ start, end, text: path });
        }
      },
    }).visit(program);
    return edits
      .sort((a, b) => b.start - a.start)
      .reduce((text, { start, end, text: own }) => text.slice(0, start) + own + text.slice(end), code);
  },
};

function placeOf(path: string): string {
  const inPackage = relative(folder, path).replaceAll('\\', '/');
  return `new URL('./${inPackage}', import.meta.resolve('${manifest.name}/package.json'))`;
}

const exported = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [] : [target.default],
);
const entries = [...exported, ...Object.values(manifest.bin)].map((file) =>
  file.replace(/^\.\/dist\/(.*)\.js$/, '$1'),
);
const dist = join(folder, 'dist');
const bundle = await rolldown({
  input: Object.fromEntries(entries.map((entry) => [entry, join(dist, `${entry}.js`)])),
  platform: 'node',
  external: /^(?![./]|[a-z]:[\\/])/i,
  plugins: [ownPlace],
  tsconfig: false,
});
const { output } = await bundle.write({
  dir: dist,
  entryFileNames: '[name].js',
  chunkFileNames: 'shared/[name]-[hash].js',
});
await bundle.close();
const written = new Set(output.map(({ fileName }) => fileName));
for (const file of globSync('**/*.js', { cwd: dist })) {
  if (!written.has(file.replaceAll('\\', '/'))) rmSync(join(dist, file));
}
