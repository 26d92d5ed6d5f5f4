import type { ResolvedConfig } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import { formatPlace } from '../errors.ts';
import type { ExplorationVisitor, ReachedBlock } from '../offline/exploration.ts';
import { LazyValues } from '../offline/lazy-values.ts';
import { OfflineContext, type OfflineVariables } from '../offline/offline-context.ts';
import { variableName } from '../offline/read-log.ts';
import { temporaryFolder } from '../testing/folder.ts';
import type { TemplateEngine } from './engine.ts';
import { type Fake, fake } from './fake-handlers.ts';
import { loadEngine } from './load.ts';

/** The engines that must do the same. */
export const ENGINES = ['liquid', 'nunjucks'] as const;
export type EngineName = (typeof ENGINES)[number];

/** A template; one text where both engines write it alike. */
export type Source = string | Readonly<Record<EngineName, string>>;

/** Templates by their names, which end in `.html` for both engines. */
export type Sources = Readonly<Record<string, Source>>;

/** What a Liquid template and a Nunjucks template say. */
export function either(liquid: string, nunjucks: string): Source {
  return { liquid, nunjucks };
}

/** A block of styles. */
export function block(content: string): string {
  return `{% compress css %}${content}{% endcompress %}`;
}

/** An engine with templates in a folder of its own. */
export async function engineWith(
  engine: EngineName,
  sources: Sources,
  { handlers }: Fake,
  mode: ResolvedConfig['mode'] = 'in-request',
): Promise<TemplateEngine> {
  const files = Object.entries(sources).map(([name, source]) => [
    `templates/${name}`,
    typeof source === 'string' ? source : source[engine],
  ]);
  const site = await temporaryFolder(Object.fromEntries(files));
  return loadEngine(resolveConfig({ mode, templates: { engine, extensions: ['.html'] } }, site), handlers);
}

/**
 * What exploring a template finds, one line for each thing, sorted, each once: the markup of blocks with the variables that
 * the context lacks and whether a real rendering comes there, failures, and blocks that are undecided.
 */
export async function exploreAll(
  engine: TemplateEngine,
  variables: OfflineVariables,
  name = 'home.html',
): Promise<string[]> {
  const lines: string[] = [];
  const reached: ReachedBlock[] = [];
  const visitor: ExplorationVisitor = {
    declared: () => {},
    reached: (found) => reached.push(found),
    failed({ error: { code, place, summary }, block: outer }) {
      const inside = outer === undefined ? '' : ` in ${formatPlace(outer)}`;
      lines.push(`${code} ${place?.file}:${place?.line} ${summary}${inside}`);
    },
    undecided: (place) => lines.push(`undecided ${formatPlace(place)}`),
    uses: () => {},
  };
  await engine.explore(name, new OfflineContext('the context', variables, new LazyValues(1000)), visitor);
  for (const {
    block: { markup },
    reads,
    varying,
    isTaken,
  } of reached) {
    const missing = reads.filter((read) => read.isMissing).map(variableName);
    const lacks = missing.length > 0 ? ` lacks ${missing.sort()}` : '';
    const varies = varying.length > 0 ? ' varies' : '';
    lines.push(`${markup.trim()}${lacks}${varies}${(await isTaken()) ? '' : ' (not taken)'}`);
  }
  return [...new Set(lines)].sort();
}

/** The markup of the blocks that every page of a template shows, whatever its variables are. */
export async function certainBlocks(
  engine: EngineName,
  sources: Sources,
  variables: OfflineVariables,
): Promise<string[]> {
  const certain: string[] = [];
  const visitor: ExplorationVisitor = {
    declared: () => {},
    reached: ({ block: { markup }, isCertain }) => void (isCertain && certain.push(markup.trim())),
    failed({ error }) {
      throw error;
    },
    undecided: () => {},
    uses: () => {},
  };
  const { explore: run } = await engineWith(engine, sources, fake());
  await run('home.html', new OfflineContext('the context', variables, new LazyValues(1000)), visitor);
  return certain;
}

/** Explores a template of an engine that is made for it. */
export async function explore(
  engine: EngineName,
  sources: Sources,
  variables: OfflineVariables,
): Promise<string[]> {
  return exploreAll(await engineWith(engine, sources, fake()), variables);
}
