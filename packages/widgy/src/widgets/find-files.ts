import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WidgyError } from '../errors.ts';
import type { WidgetType } from './define-widget.ts';
import { didYouMean } from './nearest.ts';
import {
  checkFileName,
  entriesIn,
  findWidgetFiles,
  isWidgetFile,
  roleOf,
  TEMPLATE_KINDS,
  WIDGET_FILE_ROLES,
  type WidgetFileRole,
} from './widget-files.ts';

/** A file of a type, and whose it is. */
export interface FoundFile {
  readonly path: string;
  /** The folder it is in. */
  readonly folder: string;
  readonly name: string;
  readonly from: 'site' | 'widget' | 'base';
}

/** The files that a type works with, by what they are for. */
export type FoundFiles = { readonly [Role in WidgetFileRole]?: FoundFile };

/**
 * Finds the files of a type: each in the first folder that has one for its purpose, of the type's own and those of what it extends.
 * Templates are looked for in the site's folders first.
 *
 * @param overrides the site's folders of templates, the first one strongest
 * @throws WidgyError `file-missing` for a file that the definition declares; `folder-missing`, `file-misnamed`, `file-ambiguous`
 */
export function findFiles(type: WidgetType, overrides: readonly string[]): FoundFiles {
  const found: { [Role in WidgetFileRole]?: FoundFile } = {};
  const looked: string[] = [];
  const look = (folder: string, from: FoundFile['from'], roles: readonly WidgetFileRole[]) => {
    looked.push(folder);
    const files = findWidgetFiles(folder);
    for (const role of roles) {
      const name = files[role];
      if (name !== undefined) found[role] ??= { path: join(folder, name), folder, name, from };
    }
  };
  for (const root of overrides) {
    const folder = join(root, type.type);
    if (existsSync(folder)) look(folder, 'site', TEMPLATE_KINDS);
  }
  for (let next: WidgetType | undefined = type; next !== undefined; next = next.base) {
    if (next.directory === undefined) continue;
    look(next.directory, next === type ? 'widget' : 'base', WIDGET_FILE_ROLES);
  }
  const missing = type.files.find((file) => found[roleOf(file)]?.name !== file);
  if (missing === undefined) return found;
  throw new WidgyError('file-missing', {
    message: `the type "${type.type}" has no ${missing}`,
    help:
      looked.length > 0
        ? `Looked in ${looked.join(' and in ')}. Add the file, or leave it out of files.`
        : 'Give the type its folder as directory, or say with files: [] that it has no templates.',
  });
}

/**
 * Checks that everything in a site's folder of templates is read: each folder is that of a type, and each file in it a template.
 *
 * @throws WidgyError `folder-missing`, `name-unknown`, `file-misnamed`
 */
export function checkOverrides(root: string, types: readonly string[], below: readonly string[] = []): void {
  const folder = join(root, ...below);
  const type = below.join('/');
  for (const entry of entriesIn(folder)) {
    if (/^[._]/.test(entry.name)) continue;
    if (entry.isDirectory()) {
      const inner = [...below, entry.name].join('/');
      if (!types.some((known) => known === inner || known.startsWith(`${inner}/`))) {
        throw new WidgyError('name-unknown', {
          message: `the folder ${join(folder, entry.name)} is that of no type`,
          help: `${didYouMean(inner, types)}The site has no type "${inner}".`,
        });
      }
      checkOverrides(root, types, [...below, entry.name]);
      continue;
    }
    checkFileName(folder, entry.name);
    const { name } = entry;
    if (!isWidgetFile(name)) continue;
    const role = roleOf(name);
    const isTemplate = TEMPLATE_KINDS.some((kind) => kind === role);
    if (isTemplate && types.includes(type)) continue;
    throw new WidgyError('file-misnamed', {
      message: `nothing reads ${join(folder, entry.name)}`,
      help: isTemplate
        ? 'A template of the site lies in a folder that is called as its type.'
        : 'Only templates can be replaced here. Extend the type to give it other styles and scripts.',
    });
  }
}
