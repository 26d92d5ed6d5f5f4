import { dirname, sep } from 'node:path';
import type { OfflineBuilder } from '../build/cache/offline-builder.ts';
import type { FinishedFile } from '../build/finished.ts';
import type { Part } from '../build/plan.ts';
import { mapSourceOfName, type RawSourceMap, readMap } from '../build/source-map.ts';
import type { Input } from '../build/unit.ts';
import { withoutHash } from '../hash.ts';
import type { BuiltPart } from '../offline/build-groups.ts';
import { type PackageManifest, readPackageManifest } from '../sources/package-manifest.ts';
import { attributeBytes, type BytesBySource } from './attribute-bytes.ts';

/** How many bytes of a file come from a source. */
export interface SourceShare {
  /** As it is known everywhere else: `css/site.scss`, `npm:lodash/lodash.js`; `inline.js` for text in a template. */
  readonly name: string;
  /** The package that it is in; undefined for the site's own. */
  readonly package: PackageManifest | undefined;
  readonly bytes: number;
}

/** Where the bytes of a file come from, heaviest source first. What is left to its size was written by tools. */
export type TraceSources = (part: BuiltPart, file: FinishedFile) => Promise<readonly SourceShare[]>;

/**
 * Traces files to their sources through source maps, which most sites do not publish.
 *
 * @param mapping a builder that does the same and makes source maps, too
 */
export function createTracer(mapping: OfflineBuilder): TraceSources {
  const texts = new Map<string, Promise<readonly MappedFile[]>>();
  const packageOf = createPackageFinder();
  return async ({ part }, file) => {
    const inputs = [...part.inputs.values()];
    if (!isText(file)) {
      const copied = inputs.find(({ hash }) => hash === withoutHash(file.name)?.hash);
      return copied === undefined
        ? []
        : [{ name: copied.name, package: packageOf(copied), bytes: file.size }];
    }
    const known = texts.get(part.key) ?? buildMapped(part, mapping);
    texts.set(part.key, known);
    const text = comparable((await file.load()).toString());
    const mapped = (await known).find((other) => other.text === text);
    if (mapped === undefined) return [];
    const byMapName = new Map(inputs.map((input) => [mapNameOf(input.name), input]));
    return sharesOf(attributeBytes(mapped.text, mapped.map), (source) => {
      const input = byMapName.get(source);
      return input === undefined
        ? { name: source.replace(/^\w+:\/\/\//, ''), package: undefined }
        : { name: input.name, package: packageOf(input) };
    });
  };
}

/** A text without what differs with source maps: the link to the map, and the hashes in the names of chunks. */
interface MappedFile {
  readonly text: string;
  readonly map: RawSourceMap;
}

async function buildMapped(part: Part, mapping: OfflineBuilder): Promise<MappedFile[]> {
  const { goal, sources, name } = part;
  const mapped: MappedFile[] = [];
  for (const one of await mapping.plan({ goal, sources }, name)) {
    const { entries, files } = await mapping.build(one);
    const byName = new Map(files.map((file) => [file.name, file]));
    for (const file of [...entries, ...files.filter(isText)]) {
      const mapFile = file.references.map((each) => byName.get(each)).find((each) => each && isMap(each));
      if (mapFile === undefined) continue;
      const text = comparable((await file.load()).toString());
      mapped.push({ text, map: readMap(await mapFile.load()) });
    }
  }
  return mapped;
}

function comparable(text: string): string {
  return text
    .replace(/\n(?:\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ \*\/)$/, '')
    .replace(/(?<=["'`]\.\/[^"'`\s]+\.)[0-9a-f]{16}(?=\.js["'`])/g, '0'.repeat(16));
}

function isText({ name }: FinishedFile): boolean {
  return /\.(?:css|js)$/.test(name);
}

/** Whether a file is a source map, which no visitor loads. */
export function isMap({ name }: Pick<FinishedFile, 'name'>): boolean {
  return name.endsWith('.map');
}

/** How maps call a source: what joins them takes them for URLs, in which `./` says nothing. */
function mapNameOf(name: string): string {
  return mapSourceOfName(name.replace(/^\.\//, ''));
}

function sharesOf(
  bytes: BytesBySource,
  describe: (source: string) => Omit<SourceShare, 'bytes'>,
): SourceShare[] {
  return [...bytes]
    .flatMap(([source, count]) => (source === undefined ? [] : [{ ...describe(source), bytes: count }]))
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}

/** Finds the package that a file is in, by the `package.json` above it. */
function createPackageFinder(): (input: Input) => PackageManifest | undefined {
  const known = new Map<string, PackageManifest | undefined>();
  const above = (folder: string): PackageManifest | undefined => {
    if (known.has(folder)) return known.get(folder);
    const parent = dirname(folder);
    const found =
      readPackageManifest(`${folder}${sep}package.json`) ?? (parent === folder ? undefined : above(parent));
    known.set(folder, found);
    return found;
  };
  return ({ name, path }) => {
    const isPackaged = name.startsWith('npm:') || path.split(sep).includes('node_modules');
    return isPackaged ? above(dirname(path)) : undefined;
  };
}
