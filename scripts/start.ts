// Starts the site. In development unless NODE_ENV says production.
import { join } from 'node:path';

// The site keeps its data in its own folder, where the command `widgy` finds them too.
process.chdir(join(import.meta.dirname, '../site'));
await import('../site/src/server.ts');
