import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { Plugin } from 'rolldown';
import { decode } from '../sources/decode.ts';
import type { BuildContext, InputLog } from './context.ts';
import { transformSource } from './transform.ts';

/** A source of the group as the bundler knows it. */
export interface ModuleEntry {
  readonly id: string;
  /** Only for inline sources and declared encodings; other files are read by the bundler. */
  readonly text?: string;
  readonly language: string;
}

const START = '\0widgy:start:';

/** The id of a module that imports entries in order. */
export function startOf(entries: readonly ModuleEntry[]): string {
  return START + JSON.stringify(entries.map(({ id }) => id));
}

/** Whether a module is no file. */
export function isVirtual(id: string): boolean {
  return id.startsWith('\0');
}

/** Gives the bundler the modules that it cannot read: inline sources, and those of {@link startOf}. */
export function startModules(entries: readonly ModuleEntry[]): Plugin {
  const given = new Map(
    entries.flatMap(({ id, text, language }) => (text === undefined ? [] : [[id, { text, language }]])),
  );
  // The bundler calls into JavaScript only for what passes the filter, which counts where modules are many.
  const filter = {
    id: [
      new RegExp(`^${RegExp.escape(START)}`),
      ...[...given.keys()].map((id) => new RegExp(`^${RegExp.escape(id)}$`)),
    ],
  };
  return {
    name: 'widgy-start',
    resolveId: { filter, handler: (id) => id },
    load: {
      filter,
      handler(id) {
        const source = given.get(id);
        if (source !== undefined) return { code: source.text, moduleType: moduleType(source.language) };
        const ids: unknown = JSON.parse(id.slice(START.length));
        return Array.isArray(ids) ? ids.map((each) => `import ${JSON.stringify(each)};`).join('\n') : null;
      },
    },
  };
}

function moduleType(language: string): 'js' | 'jsx' | 'ts' | 'tsx' {
  const type = language.slice(1);
  return type === 'ts' || type === 'tsx' || type === 'jsx' ? type : 'js';
}

/**
 * Lets the site's sources be what their syntax says. A `package.json` above them with `"type": "commonjs"`, as `npm init`
 * writes it, is about what Node runs; taken for the word on browser modules it would wrap each of them in helpers. The
 * bundler asks it about each file that it finds by itself, so here the site's files are found for it, where there is such a
 * `package.json` only.
 */
export function siteModules({ finder }: BuildContext): Plugin[] {
  if (![finder.base, ...finder.roots].some(isCommonJs)) return [];
  return [
    {
      name: 'widgy-site',
      async resolveId(id, importer, options) {
        if (isVirtual(id)) return null;
        const found = await this.resolve(id, importer, { ...options, skipSelf: true });
        const isSite = found && !found.external && !finder.nameOf(found.id)?.startsWith('npm:');
        return isSite ? { id: found.id, moduleSideEffects: found.moduleSideEffects } : found;
      },
    },
  ];
}

/** Whether the nearest `package.json` calls the scripts of a folder CommonJS. */
function isCommonJs(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return dirname(folder) !== folder && isCommonJs(dirname(folder));
  try {
    const data: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    return typeof data === 'object' && data !== null && 'type' in data && data.type === 'commonjs';
  } catch {
    return false; // Not JSON: the bundler will say so if it matters.
  }
}

/** Lets the site's own transformers work on imported files; the bundler itself knows TypeScript and JSX. */
export function transformedModules(context: BuildContext, log: InputLog): Plugin[] {
  return context.transformers
    .filter(({ name, output }) => output === 'js' && name !== 'rolldown')
    .map(({ name, extensions }) => ({
      name: `widgy-${name}`,
      load: {
        filter: {
          id: new RegExp(`(?:${extensions.map((extension) => RegExp.escape(extension)).join('|')})$`),
        },
        async handler(id) {
          const { bytes } = await log.read(id);
          const text = decode(bytes, context.finder.nameOf(id) ?? id, undefined);
          const source = { text, path: id, language: extname(id).toLowerCase() };
          const result = await transformSource(source, 'js', context, log);
          return {
            code: result.text,
            moduleType: 'js',
            ...(result.map && { map: JSON.stringify(result.map) }),
          };
        },
      },
    }));
}
