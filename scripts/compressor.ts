// The command `compressor` for the site of this repository: `npm run compressor -- check`. A clone has no links to the programs of packages
// that are not built.
import { join } from 'node:path';

process.chdir(join(import.meta.dirname, '../site'));
await import('../packages/compressor/src/cli/bin.ts');
