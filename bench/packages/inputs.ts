import { peersFolder } from '../peers.ts';

/** Something that every contender builds. */
export interface Input {
  readonly name: string;
  readonly goal: 'style' | 'classic' | 'module';
  /** By name as the compressor takes them: below the folder `entries` of the peers, or in one of their packages. */
  readonly files: readonly string[];
}

const JQUERY = 'npm:jquery/dist/jquery.js';
const LODASH = 'npm:lodash/lodash.js';

/** All that is built, in the order of the tables. */
export const inputs: readonly Input[] = [
  { name: 'bootstrap.scss', goal: 'style', files: ['bootstrap.scss'] },
  { name: 'bootstrap.css', goal: 'style', files: ['npm:bootstrap/dist/css/bootstrap.css'] },
  { name: 'jquery', goal: 'classic', files: [JQUERY] },
  { name: 'lodash', goal: 'classic', files: [LODASH] },
  { name: 'jquery + lodash', goal: 'classic', files: [JQUERY, LODASH] },
  { name: 'react-dom', goal: 'module', files: ['react.js'] },
  { name: 'lodash-es', goal: 'module', files: ['lodash-es.js'] },
];

/** The folder of the entries. */
export const entriesFolder = `${peersFolder}/entries`;

/** The absolute path of a file of an input. */
export function pathOf(file: string): string {
  return file.startsWith('npm:')
    ? `${peersFolder}/node_modules/${file.slice(4)}`
    : `${entriesFolder}/${file}`;
}

/** Scripts in one text, each a statement of its own whatever the one before ends with: as the compressor joins them. */
export function joinScripts(texts: readonly string[]): string {
  return texts.map((text) => text.trimEnd()).join('\n;\n');
}
