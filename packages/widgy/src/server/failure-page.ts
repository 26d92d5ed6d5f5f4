import { inspect } from 'node:util';

/** The template of the page that tells a developer what failed. It needs nothing of the site, which may be what failed. */
export const FAILURE_TEMPLATE = 'widgy/failure';

/** What the page says. It tells of the inside of the site, so nobody but a developer may see it. */
export interface Failure {
  /** What was thrown, in a line. */
  readonly summary: string;
  /** Where that was, and what was the reason. */
  readonly stack: string;
}

/** What to tell a developer of something that was thrown. */
export function failureOf(error: unknown): Failure {
  const [summary = ''] = String(error).split('\n', 1);
  return { summary, stack: inspect(error) };
}
