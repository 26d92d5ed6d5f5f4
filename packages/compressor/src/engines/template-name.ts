import { relative, sep } from 'node:path';

/** The name of a template below the first folder that holds it. */
export function templateName(file: string | undefined, roots: readonly string[]): string {
  if (file === undefined) return 'template';
  const root = roots.find((folder) => file.startsWith(folder + sep));
  return root === undefined ? file : relative(root, file).split(sep).join('/');
}
