import type { z } from 'zod';
import * as documents from './documents.ts';
import * as presence from './presence.ts';
import * as problem from './problem.ts';
import * as site from './site.ts';
import * as trees from './trees.ts';
import * as widgets from './widgets.ts';

/** All schemas that have a name in the OpenAPI document. What is exported by the files of this folder is in it. */
export const COMPONENTS: Readonly<Record<string, z.ZodType>> = {
  ...trees,
  ...documents,
  ...presence,
  ...widgets,
  ...site,
  ...problem,
};
