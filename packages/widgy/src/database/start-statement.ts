import type { StatementListener } from './database.ts';

/** Begins to measure a statement. What is returned is called once, when it has ended. */
export function startStatement(
  sql: string,
  onStatement: StatementListener,
): (outcome: 'done' | 'failed') => void {
  const start = performance.now();
  return (outcome) =>
    onStatement({ sql, milliseconds: performance.now() - start, isFailed: outcome === 'failed' });
}
