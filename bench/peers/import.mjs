/**
 * Imports a package as seen from this folder.
 *
 * @param {string} name
 */
export function importFromHere(name) {
  return import(name);
}
