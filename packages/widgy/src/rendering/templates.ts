import { readFile } from 'node:fs/promises';
import type { Liquid, Template } from 'liquidjs';
import type { FoundFile } from '../widgets/find-files.ts';
import { findTemplate, type Site } from '../widgets/site.ts';
import type { Purpose } from './frame.ts';
import { keepSettled } from './steps.ts';
import { deriveWidgetEngine, type EngineOptions } from './widget-engine.ts';

/** A template that was read, and the engine of its folder. */
export interface ParsedTemplate {
  readonly templates: Template[];
  readonly engine: Liquid;
}

/** The template that shows widgets of a type: in previews its own for them, if it has one. */
export function templateFor(site: Site<never>, type: string, purpose: Purpose): FoundFile | undefined {
  const preview = purpose === 'preview' ? findTemplate(site, type, 'preview') : undefined;
  return preview ?? findTemplate(site, type, 'render');
}

/** The templates of widgets, read with an engine for each folder. */
export class WidgetTemplates {
  readonly #engine: Liquid;
  readonly #options: EngineOptions;
  readonly #engines = new Map<string, Liquid>();
  readonly #parsed = new Map<string, ParsedTemplate | Promise<ParsedTemplate>>();

  constructor(engine: Liquid, options: EngineOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Reads a template; gives it at once if it is kept. A mistake in it is found again each time. */
  read(file: FoundFile): ParsedTemplate | Promise<ParsedTemplate> {
    const known = this.#parsed.get(file.path);
    if (known !== undefined) return known;
    const reading = this.#read(file);
    if (this.#options.isKeeping) keepSettled(this.#parsed, file.path, reading);
    return reading;
  }

  /** Whether an engine is one of these or the one that they were derived from. */
  isOf(engine: Liquid): boolean {
    return engine === this.#engine || this.#engines.values().some((own) => own === engine);
  }

  async #read({ path, folder }: FoundFile): Promise<ParsedTemplate> {
    const engine = this.#engineFor(folder);
    return { engine, templates: engine.parse(await readFile(path, 'utf8'), path) };
  }

  #engineFor(folder: string): Liquid {
    const engine = this.#engines.get(folder) ?? deriveWidgetEngine(this.#engine, folder, this.#options);
    this.#engines.set(folder, engine);
    return engine;
  }
}
