import runtime, { type Runtime } from 'nunjucks/src/runtime.js';
import { locatedError } from '../nunjucks-errors.ts';
import { ownFunction } from '../own-names.ts';
import { placeAt } from '../positions.ts';
import type { CompressorTemplate } from '../template.ts';
import type { ExploringContext } from './exploring-context.ts';
import { ExploringFrame } from './frame.ts';
import type { Reader } from './reading.ts';
import type { Run } from './run.ts';
import { Signal } from './signals.ts';
import type { Scope } from './state.ts';

/** What compiled templates call while they are explored. */
export interface ExploringRuntime extends Runtime {
  read(
    context: ExploringContext,
    frame: Scope['frame'],
    path: readonly unknown[],
    flags: number,
    lineno: number,
    colno: number,
  ): unknown;
  member(value: unknown, keys: readonly unknown[], flags: number): unknown;
  macro(macro: object, key: string, context: ExploringContext, frame: Scope['frame']): object;
}

interface RuntimeTools {
  /** The exploration that runs at the moment. */
  readonly run: () => Run;
  readonly reader: Reader;
  readonly onMacro: (macro: object, key: string, scope: Scope) => void;
}

/** What differs from the runtime of Nunjucks while a template is explored. */
export function createRuntime(template: CompressorTemplate, { run, reader, onMacro }: RuntimeTools) {
  const { file } = template;
  const give = (value: unknown): void => {
    run().given = value;
  };
  const changes: Partial<ExploringRuntime> = {
    Frame: ExploringFrame,
    contextOrFrameLookup(context, frame, name) {
      if (name === GIVE) return give;
      const own = name.startsWith(SUPER)
        ? ({ type: 'super', name: name.slice(SUPER.length) } as const)
        : template.parsed.own.get(name);
      if (own !== undefined) return ownFunction(own, template, context, frame, () => run().page);
      return runtime.contextOrFrameLookup(context, frame, name);
    },
    handleError: (error, lineno, colno) =>
      error instanceof Signal ? error : locatedError(error, placeAt(file, { lineno, colno })),
    callWrap(value, name, context, given) {
      if (VARYING.test(name)) run().vary(`what ${name}() gives`);
      return runtime.callWrap(value, name, context, given);
    },
    read: (context, frame, path, flags, lineno, colno) =>
      reader.read({ frame, context }, path, flags, placeAt(file, { lineno, colno })),
    member: (value, keys, flags) => reader.member(value, keys, flags),
    macro(macro, key, context, frame) {
      onMacro(macro, key, { context, frame });
      return macro;
    },
  };
  return changes;
}

/** Names of the compressor's own: they have a space, so that no template has them. */
export const GIVE = 'give value';
export const SUPER = 'super of ';

/** Functions that give something else each time, by their names. */
const VARYING = /^(?:now|today|random|uuid|nonce)$/i;
