import { LiquidError } from 'liquidjs';
import { nodeCodeOf } from '../../caught.ts';
import { CompressorError, type ErrorCode, type Place } from '../../errors.ts';
import { placeOf } from './liquid-places.ts';

/** LiquidJS wraps errors of tags in its own; ours say more. */
export function originalError(error: unknown): unknown {
  return chainOf(error).find((inner) => inner instanceof CompressorError) ?? error;
}

/**
 * An error of LiquidJS, or of anything that ran in a template, as one that says where.
 *
 * @param fallback where, if the error does not know
 */
export function locatedError(error: unknown, roots: readonly string[], fallback: Place): CompressorError {
  const chain = chainOf(error);
  const own = chain.find((inner) => inner instanceof CompressorError);
  if (own?.place !== undefined) return own;
  // The innermost token is the nearest to what went wrong.
  const token = chain.findLast((inner) => LiquidError.is(inner) && inner.token?.file !== undefined);
  const place = LiquidError.is(token) ? placeOf(token.token, roots) : fallback;
  if (own !== undefined) {
    return new CompressorError(own.code, { message: own.summary, place, help: own.help, cause: own });
  }
  const innermost = chain.at(-1);
  const message = innermost instanceof Error ? plainMessage(innermost) : String(error);
  return new CompressorError(codeOf(chain), { message, place, cause: error });
}

function codeOf(chain: readonly Error[]): ErrorCode {
  if (chain.some((error) => nodeCodeOf(error) === 'ENOENT')) return 'template-missing';
  const isSyntax = chain.some(({ name }) => name === 'ParseError' || name === 'TokenizationError');
  return isSyntax ? 'template-syntax' : 'template-failed';
}

/** Without the place that LiquidJS adds, and without the paths of this machine. */
function plainMessage({ message }: Error): string {
  return message
    .replace(/, (?:file:.*?, )?line:\d+, col:\d+$/s, '')
    .replace(/^ENOENT: Failed to lookup "(.*)" in ".*"$/s, 'there is no template "$1"');
}

function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let inner: unknown = error;
  while (inner instanceof Error && !chain.includes(inner)) {
    chain.push(inner);
    inner = 'originalError' in inner ? inner.originalError : undefined;
  }
  return chain;
}
