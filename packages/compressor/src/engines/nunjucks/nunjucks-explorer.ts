import type { Environment } from 'nunjucks/src/environment.js';
import type { ExploreTemplate } from '../../offline/exploration.ts';
import type { TagHandlers } from '../engine.ts';

export function createNunjucksExplorer(
  _site: Environment,
  _handlers: Pick<TagHandlers, 'plainUrl'>,
  _folders: readonly string[],
): ExploreTemplate {
  return async () => [];
}
