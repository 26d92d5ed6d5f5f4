import { z } from 'zod';
import { MAX_PROBLEMS } from '../tree/limits.ts';
import { pointerTo, type Problem as ValueProblem } from '../tree/problems.ts';
import { isId } from '../tree/widget.ts';
import { type RefusedCall, refuseCall } from './problem.ts';

/** One thing that is wrong with the form of a request. */
export interface InputProblem {
  readonly in: 'path' | 'query' | 'body';
  /** A JSON Pointer (RFC 6901) into that part; empty for all of it. */
  readonly path: string;
  readonly message: string;
}

/** What Zod found in one part of a request. */
export function inputProblems(
  part: InputProblem['in'],
  error: z.ZodError | undefined,
): readonly InputProblem[] {
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ in: part, path: pointerTo(issue.path), message: issue.message }];
    }
    return issue.keys.slice(0, MAX_PROBLEMS).map((key) => {
      return { in: part, path: pointerTo([...issue.path, key]), message: 'nothing is called so here' };
    });
  });
}

/** What the reading of a tree or of an operation found at a place of the body. */
export function bodyProblems(at: string, problems: readonly ValueProblem[]): readonly InputProblem[] {
  return problems.map(({ path, message }) => ({ in: 'body', path: `${at}${path}`, message }));
}

/** Refuses a request that does not have the form that is expected; at least one thing is wrong with it. */
export function refuseInput(problems: readonly InputProblem[]): RefusedCall {
  const [first] = problems;
  const where = first === undefined || first.path === '' ? '' : ` at "${first.path}"`;
  const detail = first === undefined ? 'it cannot be read' : `in the ${first.in}${where}: ${first.message}`;
  return refuseCall('invalid', detail, { problems: problems.slice(0, MAX_PROBLEMS) });
}

/** A whole number in a path or a query. It has so few digits that every number of it is exact. */
export const NUMBER_TEXT = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,14})$/, 'must be a whole number')
  .transform(Number);

/** The number of a commit in a path or a query. */
export const COMMIT_TEXT = z
  .string()
  .regex(/^[1-9][0-9]{0,14}$/, 'must be the number of a commit')
  .transform(Number);

/** A version in a path or a query. */
export const VERSION_TEXT = z.union([z.literal('draft'), COMMIT_TEXT]);

/** The id of a document in a path. Whether it is one was said before anything is read. */
export const DOCUMENT_PARAMS = z.strictObject({ document: z.string() });

/** A document and one of its widgets in a path. */
export const WIDGET_PARAMS = DOCUMENT_PARAMS.extend({ widget: z.string() });

/** A document and one of its commits in a path. */
export const COMMIT_PARAMS = DOCUMENT_PARAMS.extend({ commit: COMMIT_TEXT });

/** A document and one of its versions in a path. */
export const VERSION_PARAMS = DOCUMENT_PARAMS.extend({ version: VERSION_TEXT });

/** An id in a path, a body or a query. */
export const ID = z.string().refine(isId, 'must be an id').meta({ pattern: '^[A-Za-z0-9_-]{1,100}$' });

/** A document and a client that is at it in a path. */
export const CLIENT_PARAMS = DOCUMENT_PARAMS.extend({ client: ID });

/** A sequence number, or a time in milliseconds since 1970, in a body. */
export const COUNT = z.int().min(0);
