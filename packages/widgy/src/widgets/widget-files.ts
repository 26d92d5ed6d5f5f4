import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WidgyError } from '../errors.ts';
import { nearestName } from './nearest.ts';

/** What a template shows: the widget on a page, the widget in the editor, its edit form. */
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** All kinds of templates. */
export const TEMPLATE_KINDS = ['render', 'preview', 'edit'] as const;

/** The files that mean something in a widget's folder, by what they are for. */
const FILES = {
  render: ['render.liquid'],
  preview: ['preview.liquid'],
  edit: ['edit.liquid'],
  style: ['style.scss', 'style.css', 'style.less'],
  script: ['client.ts', 'client.js'],
  editorStyle: ['editor.scss', 'editor.css', 'editor.less'],
  editorScript: ['editor.ts', 'editor.js'],
} as const;

/** What a file in a widget's folder is for. */
export type WidgetFileRole = keyof typeof FILES;

/** The name of a file that means something in a widget's folder. */
export type WidgetFile = (typeof FILES)[WidgetFileRole][number];

/** The files of a folder by what they are for. */
export type FilesByRole = { readonly [Role in WidgetFileRole]?: WidgetFile };

/** All that files can be for. */
export const WIDGET_FILE_ROLES: readonly WidgetFileRole[] = [
  'render',
  'preview',
  'edit',
  'style',
  'script',
  'editorStyle',
  'editorScript',
];

const KNOWN: readonly string[] = WIDGET_FILE_ROLES.flatMap((role) => FILES[role]);

/** Whether a name is that of a file that means something. */
export function isWidgetFile(name: string): name is WidgetFile {
  return KNOWN.includes(name);
}

/** What a file is for. */
export function roleOf(file: WidgetFile): WidgetFileRole {
  const role = WIDGET_FILE_ROLES.find((candidate) => namesFor(candidate).includes(file));
  if (role === undefined) throw new Error(`${file} is for nothing`);
  return role;
}

function namesFor(role: WidgetFileRole): readonly WidgetFile[] {
  return FILES[role];
}

/**
 * Finds the files of a widget's folder. Other files may lie beside them, but none whose name is nearly one of theirs. Names that begin
 * with a dot or `_` are nobody's mistake.
 *
 * @throws WidgyError `folder-missing`, `file-misnamed`, `file-ambiguous`
 */
export function findWidgetFiles(folder: string): FilesByRole {
  const names = filesIn(folder);
  for (const name of names) checkFileName(folder, name);
  const found: { [Role in WidgetFileRole]?: WidgetFile } = {};
  for (const role of WIDGET_FILE_ROLES) {
    const [first, second] = namesFor(role).filter((file) => names.includes(file));
    if (first === undefined) continue;
    if (second !== undefined) {
      throw new WidgyError('file-ambiguous', { message: `${folder} has both ${first} and ${second}` });
    }
    found[role] = first;
  }
  return found;
}

/** @throws WidgyError `file-misnamed` for a name that is nearly one that means something */
export function checkFileName(folder: string, name: string): void {
  if (/^[._]/.test(name) || KNOWN.includes(name)) return;
  const nearest = nearestName(name, KNOWN);
  if (nearest === undefined) return;
  throw new WidgyError('file-misnamed', {
    message: `nothing reads ${join(folder, name)}`,
    help: `Did you mean ${nearest}? If the file is something else, give it a name that is less like it.`,
  });
}

function filesIn(folder: string): readonly string[] {
  return entriesIn(folder)
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name);
}

/** What is in a folder. @throws WidgyError `folder-missing` */
export function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw new WidgyError('folder-missing', { message: `the folder ${folder} cannot be read`, cause });
  }
}
