import { z } from 'zod';
import type { RefusedDocument } from '../documents/refusal.ts';
import type { Answer } from './answer.ts';
import type { Call, Incoming } from './call.ts';
import { type InputProblem, inputProblems, refuseInput } from './input.ts';
import type { Policy } from './policies.ts';
import { problemOf, type RefusedCall } from './problem.ts';

/** What a route answers with: a component of the OpenAPI document for JSON, or media types of other text; neither for no body. */
export interface AnswerDescription {
  readonly what: string;
  readonly schema?: z.ZodType;
  readonly texts?: readonly string[];
}

/** What is known of a route without running it. */
export interface RouteDescription {
  /** Unique: the `operationId` of the OpenAPI document. */
  readonly name: string;
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the prefix on, with `:name` for what varies. A route with `:document` is about that document. */
  readonly path: string;
  readonly policy: Policy;
  /** Whether it takes an `Idempotency-Key`. */
  readonly isRepeatable?: boolean;
  /** Whether its answer goes on until somebody ends it. */
  readonly isStream?: boolean;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly answers: Readonly<Record<number, AnswerDescription>>;
}

/** What a handler gives back. */
export type Handled = Answer | RefusedCall | RefusedDocument;

/** What a route is defined with. */
export interface RouteDefinition<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>
  extends RouteDescription {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly handle: (
    call: Call<z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => Handled | Promise<Handled>;
}

/** A route of the API: a value, of no server yet. */
export interface Route extends RouteDescription {
  readonly run: (incoming: Incoming) => Promise<Answer | RefusedCall>;
}

/** Nothing in the path or in the query. A parameter that nobody reads is a mistake. */
export const NOTHING = z.strictObject({});

/** No body. */
export const NO_BODY = z.undefined();

/** Defines a route. Its handler is called with what the schemas read. */
export function defineRoute<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  definition: RouteDefinition<Params, Query, Body>,
): Route {
  const { handle, ...route } = definition;
  return {
    ...route,
    async run(incoming) {
      const { request } = incoming;
      const params = z.safeParse(definition.params, request.params);
      const query = z.safeParse(definition.query, request.query);
      const body = z.safeParse(definition.body, request.body);
      if (!params.success || !query.success || !body.success) {
        const problems: InputProblem[] = [
          ...inputProblems('path', params.error),
          ...inputProblems('query', query.error),
          ...inputProblems('body', body.error),
        ];
        return refuseInput(problems);
      }
      const { 'idempotency-key': header } = request.headers;
      const key = route.isRepeatable === true && typeof header === 'string' ? header : undefined;
      const read = { params: params.data, query: query.data, body: body.data, key };
      const handled = await handle({ ...incoming, ...read });
      if (handled.ok || 'problem' in handled) return handled;
      return { ok: false, problem: problemOf(handled.refusal) };
    },
  };
}
