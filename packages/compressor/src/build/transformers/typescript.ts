import type { Finder } from '../../sources/finder.ts';
import { installedVersion } from '../fingerprint.ts';
import { rolldownError } from '../rolldown-error.ts';
import { readMap } from '../source-map.ts';
import type { Transformer } from '../transformer.ts';

/**
 * TypeScript and JSX in classic scripts: types are removed, nothing is looked up. JSX calls `React.createElement`, because a
 * classic script cannot import a runtime. Modules are compiled by the bundler.
 */
export function typescriptTransformer(finder: Finder): Transformer {
  return {
    name: 'rolldown',
    version: installedVersion('rolldown') ?? 'absent',
    extensions: ['.ts', '.mts', '.tsx', '.jsx'],
    output: 'js',
    looksFor: 'nothing',
    async transform(input) {
      const { transform } = await import('rolldown/utils');
      const result = await transform(input.path, input.text, {
        sourceType: 'script',
        lang: languageOf(input.language),
        jsx: { runtime: 'classic' },
        sourcemap: input.sourceMap,
        tsconfig: false,
      });
      const [error] = result.errors;
      if (error !== undefined) {
        throw await rolldownError(finder, error, () => input.text, input.path);
      }
      return {
        text: result.code,
        ...(result.map && { map: readMap(result.map) }),
        dependencies: [],
      };
    },
  };
}

function languageOf(extension: string): 'ts' | 'tsx' | 'jsx' {
  if (extension === '.tsx') return 'tsx';
  return extension === '.jsx' ? 'jsx' : 'ts';
}
