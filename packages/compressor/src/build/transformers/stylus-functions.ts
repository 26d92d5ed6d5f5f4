import { isAbsolute, join } from 'node:path';
import type stylusModule from 'stylus';
import type { LogLevel } from '../../log.ts';
import type { Finder } from '../../sources/finder.ts';
import { firstFile } from './look-up.ts';

type StylusModule = typeof stylusModule;

/** The part of the Stylus evaluator, `this` of its functions, that is used here. */
interface Evaluator {
  readonly paths: readonly string[];
}

/**
 * Functions that take the place of those of Stylus: what reads a file says which, and only files of the site and of
 * packages may be read; what prints goes to the log, because a command's standard output is not Stylus's.
 *
 * @param read gets the files that were read
 */
export function stylusFunctions(
  { functions, nodes, utils }: StylusModule,
  finder: Finder,
  read: Set<string>,
  say: (level: LogLevel, message: string) => void,
): Record<string, unknown> {
  const reading = (original: unknown, params: readonly string[]) => {
    function readFile(this: Evaluator, name: { readonly string?: string }, ...rest: unknown[]): unknown {
      const file = name.string === undefined ? undefined : lookUp(name.string, this.paths, finder);
      if (file !== undefined) read.add(file);
      const args = [file === undefined ? name : new nodes.String(file), ...rest];
      if (typeof original !== 'function') throw new Error('this version of Stylus lacks the function');
      return Reflect.apply(original, this, args);
    }
    return Object.assign(readFile, { params });
  };
  return {
    json: reading(functions.json, ['path', 'local', 'namePrefix']),
    'image-size': reading(functions['image-size'], ['img', 'ignoreErr']),
    use() {
      throw new Error('use() is not supported: write a transformer that runs Stylus with the plugin');
    },
    p: Object.assign(
      (...values: readonly Parameters<typeof utils.unwrap>[0][]) => {
        say('info', values.map((value) => String(utils.unwrap(value)).replace(/^\(|\)$/g, '')).join(' '));
        return nodes.null;
      },
      { raw: true },
    ),
    warn(message: { readonly val?: unknown }) {
      say('warn', String(message.val));
      return nodes.null;
    },
    trace: () => nodes.null,
  };
}

/** As Stylus looks for what is no style sheet: in the last folder first. */
function lookUp(name: string, folders: readonly string[], finder: Finder): string | undefined {
  const paths = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name)).reverse();
  return firstFile(paths, finder);
}
