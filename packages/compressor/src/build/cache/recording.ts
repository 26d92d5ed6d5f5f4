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

/** What a build did beside reading. */
export interface Recorded {
  /** The names that were looked up: the path found, or null. */
  readonly finds: Map<string, string | null>;
  /** The tools that looked files up by themselves, so that nobody knows what else they looked for. */
  readonly tools: Set<string>;
  readonly notes: Note[];
}

/** A context that does the same as another, and records what a build does with it. */
export function recordingContext(context: BuildContext): { context: BuildContext; recorded: Recorded } {
  const recorded: Recorded = { finds: new Map(), tools: new Set(), notes: [] };
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
function recordingTransformer(transformer: Transformer, { tools }: Recorded): Transformer {
  const { name, version, extensions, output } = transformer;
  return {
    name,
    version,
    extensions,
    output,
    transform(input) {
      tools.add(name);
      return transformer.transform(input);
    },
  };
}
