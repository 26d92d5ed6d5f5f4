import { DEFAULT_HEADERS } from '../http/send.ts';
import { ANSWERED, type Answered, type Visit } from './call.ts';

/** Answers with JSON, as the API does: nobody keeps it. */
export function answerJson({ reply }: Pick<Visit, 'reply'>, value: unknown): Answered {
  reply.headers(DEFAULT_HEADERS).type('application/json; charset=utf-8').send(JSON.stringify(value));
  return ANSWERED;
}
