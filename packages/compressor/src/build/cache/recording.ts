import { CompressorError } from '../../errors.ts';
import type { LogLevel } from '../../log.ts';
import type { Finder } from '../../sources/finder.ts';
import type { BuildContext } from '../context.ts';
import type { Transformer } from '../transformer.ts';

/** What was said while something was built; whoever takes it from the cache is told again. */
export interface Note {
  readonly level: LogLevel;
  /** With a key it is said once for each key. */
  readonly key?: string;
  readonly message: string;
}

/** What a transformer looks around for. */
export type LooksFor = NonNullable<Transformer['looksFor']>;

/** What a build did beside reading. */
export interface Recorded {
  /** The names that were looked up: the path found, or null. */
  readonly finds: Map<string, string | null>;
  /** What the transformers that ran look around for, each by itself, so that nobody knows what else they looked for. */
  readonly looked: Set<LooksFor>;
  readonly notes: Note[];
}

/** A context that does the same as another, and records what a build does with it. */
export function recordingContext(context: BuildContext): { context: BuildContext; recorded: Recorded } {
  const recorded: Recorded = { finds: new Map(), looked: new Set(), notes: [] };
  return {
    recorded,
    context: {
      ...context,
      finder: recordingFinder(context.finder, recorded.finds),
      transformers: context.transformers.map((transformer) => recordingTransformer(transformer, recorded)),
      warn(level, key, message) {
        recorded.notes.push({ level, key, message });
        context.warn(level, key, message);
      },
      logger: {
        log(level, message) {
          recorded.notes.push({ level, message });
          context.logger.log(level, message);
        },
      },
    },
  };
}

function recordingFinder(finder: Finder, finds: Recorded['finds']): Finder {
  return {
    roots: finder.roots,
    base: finder.base,
    nameOf: (path) => finder.nameOf(path),
    ownNameOf: (path) => finder.ownNameOf(path),
    async find(name, place) {
      try {
        const found = await finder.find(name, place);
        finds.set(name, found.path);
        return found;
      } catch (error) {
        if (error instanceof CompressorError && error.code === 'source-missing') finds.set(name, null);
        throw error;
      }
    },
  };
}

/** Written out, because a transformer may have its methods from a class. */
function recordingTransformer(transformer: Transformer, { looked }: Recorded): Transformer {
  const { name, version, extensions, output, looksFor = 'all' } = transformer;
  return {
    name,
    version,
    extensions,
    output,
    looksFor,
    transform(input) {
      looked.add(looksFor);
      return transformer.transform(input);
    },
  };
}
