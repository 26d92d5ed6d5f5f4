import { Builder } from '../build/builder.ts';
import { createBuildContext } from '../build/create-context.ts';
import type { Mode } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import type { CompressorError } from '../errors.ts';
import { silentLogger } from '../log.ts';
import type { Group, Kind, TagMode } from '../recipe/recipe.ts';
import type { TagAttributes } from '../recipe/tag-attributes.ts';
import { ArtifactStore } from '../storage/artifact-store.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import { temporaryFolder, writeIn } from '../testing/folder.ts';
import { BlockRenderer, type TemplateBlock } from './block-renderer.ts';

export const SECRET = 'a secret of many characters';
export const PLACE = { file: 'home.liquid', line: 4, column: 1 };

export interface Setup {
  readonly renderer: BlockRenderer;
  readonly store: ArtifactStore;
  readonly shown: Group[];
  readonly failed: [Group | undefined, CompressorError][];
  readonly messages: string[];
  change(name: string, content: string): Promise<void>;
}

const FILES = {
  'static/a.css': 'a { color: red }',
  'static/b.css': 'b { color: blue }',
  'static/a.js': 'var a = /<!--/;',
  'static/m.js': 'export const m = 1;',
  'static/n.js': 'import { m } from "./m.js"; console.log(m);',
  'static/picture.css': 'p { background: url(p.png) }',
  'static/p.png': 'png',
  'static/wrong.css': 'a { b: url(none.png) }',
};

export async function setUp(
  mode: Mode,
  limits = {},
  storage: Storage = memoryStorage(1e7),
  shared = false,
): Promise<Setup> {
  const site = await temporaryFolder(FILES);
  const config = resolveConfig(
    { mode, limits, logger: silentLogger, output: { shared }, build: { sourceMaps: false } },
    site,
  );
  const context = createBuildContext(config);
  const builder = new Builder(context, { separateModules: mode === 'development' });
  const store = new ArtifactStore(storage, 1e7);
  const shown: Group[] = [];
  const failed: [Group | undefined, CompressorError][] = [];
  const messages: string[] = [];
  const renderer = new BlockRenderer({
    config,
    builder,
    store,
    secret: SECRET,
    warn: (_level, _key, message) => messages.push(message),
    observer: {
      shown: (group) => shown.push(group),
      failed: (_id, error, group) => failed.push([group, error]),
    },
  });
  return {
    renderer,
    store,
    shown,
    failed,
    messages,
    async change(name, content) {
      const path = await writeIn(site, name, content);
      context.reader.forget(path);
      builder.invalidate([path]);
      renderer.forget();
    },
  };
}

export function block(
  kind: Kind,
  markup: string,
  mode: TagMode = 'file',
  name?: string,
  attributes: TagAttributes = {},
): TemplateBlock {
  return { kind, mode, name, attributes, markup, place: PLACE };
}

export const css = (...names: string[]): string =>
  names.map((name) => `<link rel="stylesheet" href="/static/${name}.css">`).join('\n');
export const js = (...names: string[]): string =>
  names.map((name) => `<script src="/static/${name}.js"></script>`).join('\n');

/** The URLs in a text without what is different each time: signature and key. */
export function shape(html: string): string {
  return html.replace(/\/assets\/[ps][\w-]+\.[\w-]+\//g, '/assets/*/').replace(/[0-9a-f]{16}/g, '#');
}
