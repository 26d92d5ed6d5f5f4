import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasCode } from '../errors.ts';

/** What a page says that went wrong. It tells visitors nothing of the inside of the site. */
export interface WentWrong {
  readonly status: number;
  readonly heading: string;
  readonly text: string;
}

/** Seconds after which somebody may try again when the database cannot be reached. */
export const RETRY_AFTER_S = 5;

const WORDS: Readonly<Record<number, Omit<WentWrong, 'status'>>> = {
  400: { heading: 'That did not work', text: 'The request was not understood. Go back, and try it again.' },
  401: { heading: 'Sign in first', text: 'This is for people who are signed in. Sign in, and try it again.' },
  403: { heading: 'Not allowed', text: 'You may not do this. Ask somebody who manages the site.' },
  404: { heading: 'Not found', text: 'There is no page at this address. It may have moved.' },
  410: { heading: 'Gone', text: 'This page was here, and has been taken away.' },
  413: { heading: 'Too much', text: 'What you sent is larger than this site takes.' },
  429: { heading: 'Too often', text: 'Wait a moment, and try it again.' },
  503: {
    heading: 'Back in a moment',
    text: 'The site cannot be reached at present. Try it again in a few seconds.',
  },
};

/** What to say for a status. */
export function wentWrong(status: number): WentWrong {
  const words = WORDS[status] ??
    WORDS[status < 500 ? 400 : 0] ?? {
      heading: 'Something went wrong',
      text: 'It was noted, and will be looked into. Try it again later.',
    };
  return { status, ...words };
}

/** The status for something that was thrown: what the database cannot do at present passes by itself. */
export function statusOf(error: unknown): number {
  if (hasCode(error, 'database-unreachable') || hasCode(error, 'database-busy')) return 503;
  if (isOutOfRoom(error)) return 503;
  // What no database keeps was in an address or a form.
  if (hasCode(error, 'database-value-invalid')) return 400;
  const statusCode: unknown = Object(error).statusCode;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : 500;
}

/** What says that there is no room: Node for files, PostgreSQL for a disk that is full. */
const OUT_OF_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', '53100'];

/** What SQLite says where there is no room, and where a file cannot be made larger. */
const SQLITE_FULL: readonly unknown[] = [13, 778];

/** Whether something could not be kept because a disk is full, which somebody will see to. */
function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = { code: undefined, errcode: undefined, ...error };
  return OUT_OF_ROOM.includes(code) || SQLITE_FULL.includes(errcode) || isOutOfRoom(error.cause);
}

/** Notes an error that is the site's own fault, and tells those who may try again when. */
export function noteError(
  error: unknown,
  status: number,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (status >= 500) request.log.error({ err: error }, 'the request failed');
  reply.code(status);
  if (status === 503) reply.header('retry-after', RETRY_AFTER_S);
}
