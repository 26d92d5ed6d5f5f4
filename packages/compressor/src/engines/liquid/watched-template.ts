import { type Context, type Emitter, type Template, TypeGuards } from 'liquidjs';
import { needOf } from './deferred.ts';
import { locatedError } from './liquid-errors.ts';
import { placeOf } from './liquid-places.ts';
import type { Run } from './run.ts';
import { CONDITIONS, type Steps, tagName } from './tag-kinds.ts';
import { varyingIn } from './varying.ts';

/** A template that renders as it does, and notes on the way where the run is and what varies. */
export function watched(template: Template, run: Run, roots: readonly string[]): Template {
  const { token } = template;
  if (TypeGuards.isHTMLToken(token)) return template;
  const text = token.getText();
  const isAsked = CONDITIONS.has(tagName(template) ?? '') || /\|\s*default\b/.test(text);
  const isNonce = NONCE.test(token.input.slice(Math.max(0, token.begin - 40), token.begin));
  const what = varyingIn(text);
  return {
    token,
    *render(context: Context, emitter: Emitter): Steps<unknown> {
      if (what !== undefined) run.varying.push({ place: placeOf(token, roots), what });
      return yield* run.with({ token, isAsked, isNonce: run.isNonce || isNonce }, function* () {
        try {
          return yield template.render(context, emitter);
        } catch (error) {
          throw needOf(error) === undefined ? locatedError(error, roots, run.place) : error;
        }
      });
    },
  };
}

/** What is written here changes with every request, and is no part of what is built. */
const NONCE = /\bnonce\s*=\s*["']?$/i;
