/** How much an event matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where the compressor says what it does. Pass your own to send the lines to your site's logger. */
export interface Logger {
  log(level: LogLevel, message: string): void;
}

/** Writes warnings and errors, and what matters at start, to standard error, one event each. */
export const consoleLogger: Logger = {
  log(level, message) {
    if (level !== 'debug') process.stderr.write(`compressor ${level}: ${message}\n`);
  },
};

/** Says nothing; for tests, and for programs that report in their own way. */
export const silentLogger: Logger = { log() {} };

/** A logger that says each thing once: events with a key seen before are dropped. Remembers at most 1,000 keys. */
export function onceLogger(logger: Logger): (level: LogLevel, key: string, message: string) => void {
  const seen = new Set<string>();
  return (level, key, message) => {
    if (seen.has(key)) return;
    if (seen.size >= REMEMBERED_KEYS) seen.clear();
    seen.add(key);
    logger.log(level, message);
  };
}

const REMEMBERED_KEYS = 1000;
