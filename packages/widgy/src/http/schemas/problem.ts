import { z } from 'zod';
import { PROBLEM_TYPE } from '../problem.ts';

/** Why a request was refused (RFC 9457). What else is in it belongs to the code. */
export const Problem = z.looseObject({
  type: z.string().regex(new RegExp(`^${PROBLEM_TYPE}[a-z-]+$`)),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: z.string(),
});
