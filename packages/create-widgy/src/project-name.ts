import { isBuiltin } from 'node:module';

/** Characters that the name of a package may have. */
export const MAX_NAME_LENGTH = 214;

/** What a new site depends on. A package of the same name would be looked for in itself. */
const DEPENDENCIES: ReadonlySet<string> = new Set([
  'widgy',
  'create-widgy',
  'fastify',
  'liquidjs',
  'typescript',
  'zod',
]);

const RULE =
  'It begins with a small letter or a digit, and then has small letters, digits, ".", "_" and "-".';

/**
 * What is wrong with a name for a new site, as a sentence that says what to do; undefined where nothing is. It becomes the name of a
 * package, by which the site's own files are found.
 */
export function nameFault(name: string): string | undefined {
  const refuse = (why: string) => `The name ${JSON.stringify(name)} cannot be used: ${why}`;
  if (name.length > MAX_NAME_LENGTH) return refuse(`it has more than ${MAX_NAME_LENGTH} characters.`);
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name)) {
    const near = nearestName(name);
    return refuse(`${RULE}${near === undefined ? '' : ` Try ${near}.`}`);
  }
  if (DEPENDENCIES.has(name))
    return refuse('a package that the site needs is called so. Choose another one.');
  if (isBuiltin(name) || name === 'node_modules' || name === 'favicon.ico')
    return refuse('Node or npm means something else by it. Choose another one.');
  return undefined;
}

/** What a name comes to when it is brought into the right form; undefined where nothing of it is left. */
function nearestName(name: string): string | undefined {
  const near = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return near !== '' && nameFault(near) === undefined ? near : undefined;
}
