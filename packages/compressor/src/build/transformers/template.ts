import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CompressorError } from '../../errors.ts';
import { contentHash } from '../../hash.ts';
import type { Transformer } from '../transformer.ts';

/** A source that is a template. */
export interface SourceTemplate {
  readonly text: string;
  /** Absolute. */
  readonly path: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The text of a file that the template includes, by its path from the source's folder; a change in it counts. */
  read(path: string): Promise<string>;
}

/** Sources that are rendered before they are CSS or JavaScript. */
export interface TemplateOptions
  extends Pick<Transformer, 'name' | 'version' | 'extensions' | 'output' | 'looksFor'> {
  /** What templates may use: plain data, which is part of every key. Default: no variables. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Renders a source. It may depend on nothing but what it is given. */
  render(template: SourceTemplate): string | Promise<string>;
}

/**
 * A transformer that renders sources with a template engine of the site. The version of the engine, and of how it is set up,
 * belongs into `version`.
 *
 * @throws CompressorError `config-invalid` if the variables are not plain data
 */
export function templateTransformer(options: TemplateOptions): Transformer {
  const { name, version, extensions, output, looksFor, variables = {}, render } = options;
  const data = JSON.stringify(variables);
  if (!isDeepStrictEqual(JSON.parse(data), variables)) {
    throw new CompressorError('config-invalid', {
      message: `the variables of the transformer "${name}" are not plain data`,
      help: 'Use objects, lists, texts, numbers, booleans and null only: they are part of the key of what is built.',
    });
  }
  return {
    name,
    version: `${version} ${contentHash(data)}`,
    extensions,
    output,
    ...(looksFor && { looksFor }),
    async transform({ text, path }) {
      const read = new Set<string>();
      const result = await render({
        text,
        path,
        // A copy for each: one source must not see what another did to them.
        variables: JSON.parse(data),
        async read(file) {
          const included = resolve(dirname(path), file);
          const content = await readFile(included, 'utf8');
          if (included !== path) read.add(included);
          return content;
        },
      });
      return { text: result, dependencies: [...read] };
    },
  };
}
