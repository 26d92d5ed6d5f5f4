import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Input } from './inputs.ts';

/** Milliseconds from the start of a fresh process to a finished build. */
export async function coldTime(contender: string, input: Input): Promise<number> {
  const child = fork(fileURLToPath(new URL('cold.ts', import.meta.url)), [contender, input.name], {
    execArgv: ['--conditions=widgy-source'],
  });
  const ended = once(child, 'exit');
  const failed = ended.then(() => {
    throw new Error(`${contender} did not build ${input.name}.`);
  });
  const [message]: unknown[] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {}); // It ends now, as it should.
  await ended;
  const time: unknown =
    typeof message === 'object' && message !== null && 'time' in message ? message.time : undefined;
  return typeof time === 'number' ? time : Number.NaN;
}
