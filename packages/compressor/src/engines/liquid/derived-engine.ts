import { type Context, type Emitter, type Liquid, Parser, type Tag, type Template } from 'liquidjs';
import { filesAtOnce } from './files-at-once.ts';
import type { TagClass } from './liquid-tags.ts';

/** How an engine renders templates. */
export type RenderTemplates = (
  templates: Template[],
  context: Context,
  emitter?: Emitter,
) => IterableIterator<unknown>;

/**
 * An engine that inherits everything from another one and renders in its own way. Tags and filters registered on it do not
 * reach the other; templates are parsed once and kept.
 */
export function deriveEngine(site: Liquid, renderTemplates: RenderTemplates): Liquid {
  const engine: Liquid = Object.create(site);
  const parsed = new Map<string, unknown>();
  const cache = {
    read: (key: string) => parsed.get(key),
    write: (key: string, value: unknown) => parsed.set(key, value),
    remove: (key: string) => parsed.delete(key),
  };
  return Object.defineProperties(engine, {
    // Tags of the site parse what is inside them with it.
    parser: { get: () => new Parser(engine) },
    options: { value: { ...site.options, cache, fs: filesAtOnce(site.options.fs) } },
    tags: { value: Object.create(site.tags) },
    filters: { value: Object.create(site.filters) },
    renderer: { value: Object.assign(Object.create(site.renderer), { renderTemplates }) },
  });
}

/**
 * Notes, while templates are parsed, which tags are of the given names or have such tags inside, however deep.
 *
 * @returns tells whether a tag is one of them
 */
export function watchTags(engine: Liquid, names: ReadonlySet<string>): (tag: Tag) => boolean {
  const containers = new WeakSet<Tag>();
  let found = 0;
  const known: string[] = [];
  for (const name in engine.tags) known.push(name);
  for (const name of known) {
    const Original: TagClass | undefined = engine.tags[name];
    if (Original === undefined) continue;
    engine.tags[name] = new Proxy(Original, {
      construct(target, given) {
        const before = found;
        const tag: Tag = Reflect.construct(target, given);
        if (names.has(name)) found += 1;
        if (found > before) containers.add(tag);
        return tag;
      },
    });
  }
  return (tag) => containers.has(tag);
}
