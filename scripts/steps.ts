import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs programs of node_modules one after the other, says which failed, and ends with status 1 if any did. */
export function runAll(
  steps: readonly (readonly [title: string, program: string, ...args: string[]])[],
): void {
  const failed = steps.filter(([title, program, ...args]) => !run(title, program, args));
  if (failed.length === 0) return;
  process.stderr.write(`Failed: ${failed.map(([title]) => title).join(', ')}.\n`);
  process.exitCode = 1;
}

function run(title: string, program: string, args: readonly string[]): boolean {
  process.stderr.write(`— ${title}\n`);
  return spawnSync(join('node_modules', '.bin', program), args, { stdio: 'inherit' }).status === 0;
}
