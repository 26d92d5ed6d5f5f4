// Shows a page as a server in offline mode on SQLite does, in a process of its own, and prints the names of all packages that were loaded
// for it, as a JSON list. Usage: loaded-fixture.ts FOLDER
import { registerHooks } from 'node:module';

const packages = new Set<string>();
registerHooks({
  load(url, context, next) {
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
    if (name !== undefined) packages.add(name);
    return next(url, context);
  },
});

// After the hooks, which know nothing of what was loaded before.
const { showPage } = await import('./offline-site-fixture.ts');
const shown = await showPage(process.argv[2] ?? '');
if (shown !== 200) throw new Error(`The page was answered with ${shown}.`);
process.stdout.write(JSON.stringify([...packages]));
