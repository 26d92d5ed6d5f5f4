import { DEFAULT_HEADERS } from '../http/send.ts';
import { ANSWERED, type Answered, type Visit } from './call.ts';

/** Answers with JSON, as the API does: nobody keeps it. */
export function answerJson({ reply }: Pick<Visit, 'reply'>, value: unknown): Answered {
  reply.headers(DEFAULT_HEADERS).type('application/json; charset=utf-8').send(JSON.stringify(value));
  return ANSWERED;
}

/** Refuses with a code that is not one of the API, and with what belongs to it. */
export function answerRefusal(
  { reply }: Pick<Visit, 'reply'>,
  status: number,
  { what: detail, ...rest }: { readonly code: string; readonly what: string },
): Answered {
  reply
    .code(status)
    .headers(DEFAULT_HEADERS)
    .type('application/problem+json; charset=utf-8')
    .send({ ...rest, detail, status });
  return ANSWERED;
}
