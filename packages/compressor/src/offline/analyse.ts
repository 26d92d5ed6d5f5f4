import { readFileSync } from 'node:fs';
import type { OfflineBuilder } from '../build/cache/offline-builder.ts';
import { messageOf } from '../caught.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import { type BuiltGroup, buildGroups } from './build-groups.ts';
import { type Contexts, gatherContexts } from './contexts.ts';
import { type Diagnostic, diagnosticOf, inOrder, severityOf } from './diagnostic.ts';
import { type Discovery, discover } from './discover.ts';
import type { DiscoveryMemory } from './discovery-memory.ts';
import type { ExploreTemplate } from './exploration.ts';
import { judge } from './judge.ts';
import { isSound, type Occurrence, parseOccurrences } from './occurrences.ts';
import type { Run } from './taken-later.ts';
import { listTemplates, type TemplateFile } from './templates.ts';

/** How far a long step is. */
export interface Progress {
  readonly step: 'exploring' | 'building' | 'measuring' | 'writing';
  readonly done: number;
  readonly total: number;
  /** What is being worked on. */
  readonly what: string;
}

/** What analysing a site takes. */
export interface Analysing {
  readonly config: ResolvedConfig;
  readonly explore: ExploreTemplate;
  readonly builder: OfflineBuilder;
  /** How many bundles are built at once. */
  readonly workers: number;
  readonly onProgress: (progress: Progress) => void;
  /** What exploring found before; undefined where that cannot be told again. */
  readonly memory?: DiscoveryMemory | undefined;
  /** Has a last look at what was found and built, and says what else is wrong. */
  readonly review?: (analysis: Analysis) => Promise<readonly Diagnostic[]>;
}

/** All that is known about the blocks of a site, and what they were built into. Nothing is written yet. */
export interface Analysis {
  /** How many contexts there are. */
  readonly contexts: number;
  readonly templates: readonly string[];
  /** How many blocks the templates hold, wherever they are shown. */
  readonly blocks: number;
  readonly discovery: Discovery;
  readonly occurrences: readonly Occurrence[];
  /** Those of them that a page may show as they are. */
  readonly shown: readonly Occurrence[];
  readonly groups: ReadonlyMap<string, BuiltGroup>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Explores all templates, builds every block and says what is wrong. One finding does not keep the others from being reported. */
export async function analyse({
  config,
  explore,
  builder,
  workers,
  onProgress,
  memory,
  review,
}: Analysing): Promise<Analysis> {
  const { allow } = config.offline;
  const contexts = await gatherContexts(config);
  const found: Diagnostic[] = contexts.failures.map((error) =>
    diagnosticOf(error, severityOf(error.code, allow)),
  );
  const files = await templatesOf(config, found);
  const templates = files.map(({ name }) => name);
  const onTemplate = (what: string, done: number) =>
    onProgress({ step: 'exploring', done, total: templates.length, what });
  const recalled = await memory?.recall(runsOf(templates, contexts));
  if (recalled !== undefined) templates.forEach(onTemplate);
  const discovery = recalled?.discovery ?? (await discover(templates, contexts.of, explore, onTemplate));
  const occurrences = await parseOccurrences(discovery, config, recalled?.contents);
  if (recalled === undefined) memory?.keep(discovery, occurrences);
  const groups = await buildGroups(occurrences, builder, workers, (done, total, what) =>
    onProgress({ step: 'building', done, total, what }),
  );
  const judged = await judge(discovery, occurrences, allow);
  found.push(...judged.filter(({ code }) => !(contexts.isUnknown && code === 'variable-missing')));
  if (discovery.declared.size === 0 && found.every(({ severity }) => severity !== 'error')) {
    const message = `none of the ${templates.length} templates holds a block`;
    found.push(diagnosticOf(new CompressorError('no-blocks', { message }), severityOf('no-blocks', allow)));
  }
  const isAllowed = allow.includes('variable-missing');
  const analysis = {
    contexts: contexts.count,
    templates,
    blocks: discovery.declared.size,
    discovery,
    occurrences,
    shown: occurrences.filter((occurrence) => isAllowed || isSound(occurrence)),
    groups,
    diagnostics: inOrder(found),
  };
  const more = (await review?.(analysis)) ?? [];
  return more.length === 0 ? analysis : { ...analysis, diagnostics: inOrder([...found, ...more]) };
}

function runsOf(templates: readonly string[], contexts: Contexts): Run[] {
  return templates.flatMap((template) => contexts.of(template).map((context) => ({ template, context })));
}

/** The templates that can be read; the others become findings. */
async function templatesOf(config: ResolvedConfig, found: Diagnostic[]): Promise<TemplateFile[]> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const readable: TemplateFile[] = [];
  for (const file of await listTemplates(config)) {
    const error = errorOf(file, utf8);
    if (error === undefined) readable.push(file);
    else found.push(diagnosticOf(error, severityOf(error.code, config.offline.allow)));
  }
  return readable;
}

/** Templates are small, and nobody else waits meanwhile. */
function errorOf(
  { name, path }: TemplateFile,
  utf8: InstanceType<typeof TextDecoder>,
): CompressorError | undefined {
  try {
    return decodes(utf8, readFileSync(path)) ? undefined : encodingError(name);
  } catch (cause) {
    return unreadableError(name, cause);
  }
}

function decodes(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false; // Not UTF-8.
  }
}

function encodingError(name: string): CompressorError {
  return new CompressorError('template-encoding', {
    message: 'the template is not UTF-8',
    place: { file: name },
  });
}

function unreadableError(name: string, cause: unknown): CompressorError {
  const message = `the template cannot be read: ${messageOf(cause)}`;
  return new CompressorError('template-missing', { message, place: { file: name }, cause });
}
