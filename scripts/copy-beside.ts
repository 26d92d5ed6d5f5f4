// Copies what a package has beside its code and `tsc` does not: templates and style sheets. Usage: copy-beside.ts FROM TO
import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error('Usage: copy-beside.ts FROM TO');
for (const file of globSync('**/*.{liquid,css}', { cwd: from })) cpSync(join(from, file), join(to, file));
