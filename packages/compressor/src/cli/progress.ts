import type { Progress } from '../offline/analyse.ts';
import { count, duration } from './print.ts';

/** Where progress is shown. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows how far long work is. */
export interface ProgressView {
  show(progress: Progress): void;
  /** Takes away what would stand in the way of other output. */
  end(): void;
}

const NOUNS = {
  exploring: 'template',
  building: 'bundle',
  measuring: 'bundle',
  encoding: 'file',
  writing: 'file',
} as const;

/** One line that changes on a terminal; elsewhere one line for each step. */
export function createProgress(
  stream: ProgressStream,
  isVerbose: boolean,
  now = () => performance.now(),
): ProgressView {
  return stream.isTTY ? terminalProgress(stream, now) : plainProgress(stream, isVerbose);
}

function terminalProgress(stream: ProgressStream, now: () => number): ProgressView {
  const started = now();
  let shown = -Infinity;
  return {
    show({ step, done, total, what }) {
      const isLast = done === total;
      if (!isLast && now() - shown < REDRAW_MILLISECONDS) return;
      shown = now();
      const line = `${step} ${done} of ${total} · ${duration(now() - started)} · ${what}`;
      stream.write(`\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    end() {
      if (shown > -Infinity) stream.write('\r\u001b[2K');
    },
  };
}

/** Redrawn no more often than one can read. */
const REDRAW_MILLISECONDS = 50;

function plainProgress(stream: ProgressStream, isVerbose: boolean): ProgressView {
  let current = '';
  return {
    show({ step, total, what }) {
      if (step !== current) stream.write(`${step} ${count(total, NOUNS[step])}\n`);
      current = step;
      if (isVerbose) stream.write(`  ${what}\n`);
    },
    end() {},
  };
}
