import type { Mode } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import { formatPlace, type Place } from '../errors.ts';
import type { BlockKind } from '../recipe/block-kind.ts';
import type { TemplateBlock } from '../render/block-renderer.ts';
import { type Piece, TagText } from '../render/tag-text.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { TagHandlers, TemplateEngine } from './engine.ts';
import { loadEngine } from './load.ts';

/** A kind of blocks that a site adds. */
const SPRITE: BlockKind = {
  name: 'sprite',
  version: '1',
  extension: '.svg',
  element: 'img',
  attribute: 'src',
  join: () => '',
  tag: () => '',
};

/** Handlers, and what they were given. */
export interface Fake {
  readonly handlers: TagHandlers;
  readonly blocks: TemplateBlock[];
  readonly plain: string[];
}

/** Makes handlers that write what they are given: `[kind mode name attributes|markup|nonce|url]` for blocks, `<name@place>` for static files. */
export function fake(options: { isSync?: boolean; developmentTag?: readonly Piece[] } = {}): Fake {
  const blocks: TemplateBlock[] = [];
  const plain: string[] = [];
  const { isSync = true, developmentTag } = options;
  const give = (text: string): string | Promise<string> => (isSync ? text : Promise.resolve(text));
  const handlers: TagHandlers = {
    compress(block, { nonce, url }) {
      blocks.push(block);
      const attributes = Object.entries(block.attributes).map((pair) => pair.join('='));
      const words = [block.kind, block.mode, block.name, ...attributes].filter((word) => word !== undefined);
      const given = [nonce, url].filter((value) => value !== undefined).map((value) => `|${value}`);
      return give(`[${words.join(' ')}|${block.markup}${given.join('')}]`);
    },
    kinds: [SPRITE],
    staticUrl: (name: string, place: Place) => give(`<${name}@${formatPlace(place)}>`),
    plainUrl(name) {
      plain.push(name);
      return `/static/${name}`;
    },
    developmentTag: developmentTag === undefined ? undefined : new TagText(developmentTag, '/'),
  };
  return { handlers, blocks, plain };
}

/** An engine with templates in a folder of its own. */
export async function engineFor(
  templates: Readonly<Record<string, string>>,
  { handlers }: Fake,
  mode: Mode = 'in-request',
): Promise<TemplateEngine> {
  const site = await temporaryFolder(
    Object.fromEntries(Object.entries(templates).map(([name, text]) => [`templates/${name}`, text])),
  );
  return loadEngine(resolveConfig({ mode }, site), handlers);
}
