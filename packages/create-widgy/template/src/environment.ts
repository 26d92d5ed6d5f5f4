import { existsSync } from 'node:fs';
import { join } from 'node:path';

// The file .env gives variables that the environment does not have, to the server and to the commands widgy and compressor. Whatever reads
// variables is imported after this.
const file = join(import.meta.dirname, '..', '.env');
if (existsSync(file)) process.loadEnvFile(file);
