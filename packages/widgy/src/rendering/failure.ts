import { LiquidError } from 'liquidjs';
import { TooSlow } from './own-time.ts';

/**
 * Why a widget shows nothing.
 *
 * - `unknown-type`: the site has no such type
 * - `template-failed`: its template has a mistake, or something that it uses failed
 * - `template-missing`: a file is not there: its template, a partial, a layout
 * - `too-slow`: it took more than its time
 * - `too-deep`: too many widgets, or partials and blocks of one template, stand inside one another
 */
export type RenderFailureCode =
  | 'unknown-type'
  | 'template-failed'
  | 'template-missing'
  | 'too-slow'
  | 'too-deep';

/** A widget, or an edit form, that could not be shown: for a log, not for visitors. */
export interface RenderFailure {
  readonly code: RenderFailureCode;
  /** Undefined for an edit form: its type is known, and not whose it is. */
  readonly widget: string | undefined;
  readonly type: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** The file that it happened in: the widget's template, or a partial. */
  readonly template: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly error: unknown;
}

/** Thrown while a widget is rendered where what happened has a code of its own. */
export class WidgetProblem extends Error {
  readonly code: RenderFailureCode;

  constructor(code: RenderFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** What is told of an error that ended a widget. */
export function failureOf(
  error: unknown,
  { id, type }: { readonly id?: string; readonly type: string },
  template: string | undefined,
): RenderFailure {
  const chain = chainOf(error);
  const innermost = chain.at(-1);
  // The innermost token is the nearest to what went wrong.
  const located = chain.findLast((inner) => LiquidError.is(inner));
  const token = LiquidError.is(located) ? located.token : undefined;
  const [line, column] = token?.getPosition() ?? [];
  const message = innermost === undefined ? String(error) : plainMessage(innermost);
  return {
    ...{ code: codeOf(chain), widget: id, type, message },
    ...{ template: token?.file ?? template, line, column, error },
  };
}

function codeOf(chain: readonly Error[]): RenderFailureCode {
  for (const error of chain) {
    if (error instanceof WidgetProblem) return error.code;
    if (error instanceof TooSlow) return 'too-slow';
    if ('code' in error && error.code === 'ENOENT') return 'template-missing';
  }
  return 'template-failed';
}

/** LiquidJS wraps errors, from the outside in. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let inner = error; inner instanceof Error && !chain.includes(inner); ) {
    chain.push(inner);
    inner = 'originalError' in inner ? inner.originalError : undefined;
  }
  return chain;
}

/** Without the place that LiquidJS adds, and without the paths of this machine. */
function plainMessage({ message }: Error): string {
  return message
    .replace(/, (?:file:.*?, )?line:\d+, col:\d+$/s, '')
    .replace(/^ENOENT: Failed to lookup "(.*)" in ".*"$/s, 'there is no template "$1"')
    .replace(/^(ENOENT: [^,]*),.*$/s, '$1');
}
