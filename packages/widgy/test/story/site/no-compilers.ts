// Loaded before all else, takes all that compiles away from a process: whatever would use it fails.
import { registerHooks } from 'node:module';

const COMPILERS = ['rolldown', 'rolldown/utils', 'lightningcss', 'sass-embedded'];

const urls = new Map<string, string>();
for (const name of COMPILERS) urls.set(name, await withoutFunctions(name));

registerHooks({
  resolve(specifier, context, nextResolve) {
    // What is required, not imported, tells which browsers the configuration means.
    const url = context.conditions.includes('require') ? undefined : urls.get(specifier);
    return url === undefined ? nextResolve(specifier, context) : { url, shortCircuit: true };
  },
});

/** A module that exports the same names, behind which nothing works. */
async function withoutFunctions(name: string): Promise<string> {
  const exported = Object.keys(await import(name)).filter((key) => key !== 'default');
  const lines = [
    `function refuse() { throw new Error('there is no ${name} here') }`,
    ...exported.map((key) => `export { refuse as ${key} };`),
    'export default refuse;',
  ];
  return `data:text/javascript,${encodeURIComponent(lines.join('\n'))}`;
}
