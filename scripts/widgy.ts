// The command `widgy` for the site of this repository: `npm run widgy -- check`. A clone has no links to the programs of packages that are
// not built.
import { join } from 'node:path';

// The site keeps its data in its own folder, and its configuration is looked for there.
process.chdir(join(import.meta.dirname, '../site'));
await import('../packages/widgy/src/cli/bin.ts');
