import type { FastifyServerOptions } from 'fastify';
import type { WidgyEnvironment } from '../config/index.ts';
import { plainLine } from './plain-lines.ts';

/**
 * What the server logs: lines of JSON, one for each request with its id, how long it took and what it came to; in development, warnings and
 * errors as plain lines. What stands behind `?` in an address may be a token, and headers hold cookies, so neither is logged.
 *
 * @param write writes a text at once. Default: to the output of the process
 */
export function loggerOptions(
  { LOG_LEVEL, NODE_ENV }: WidgyEnvironment,
  write: (text: string) => void = (text) => process.stdout.write(text),
): NonNullable<FastifyServerOptions['logger']> {
  if (LOG_LEVEL === 'silent') return false;
  return {
    level: NODE_ENV === 'production' || LOG_LEVEL !== 'info' ? LOG_LEVEL : 'warn',
    serializers: {
      req: ({ method, url, ip }) => ({ method, url: url.split('?', 1)[0] ?? '', remoteAddress: ip }),
      res: ({ statusCode }) => ({ statusCode }),
    },
    redact: ['*.password', '*.token', '*.authorization', '*.cookie'],
    // As the process writes everything else, so that lines stand in their order, and the last ones are there when it ends.
    stream: {
      write(line: string) {
        write(NODE_ENV === 'development' ? plainLine(line) : line);
      },
    },
  };
}
