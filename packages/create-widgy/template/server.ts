import 'widgy/explain';
import './src/environment.ts';
import { createCompressor, loadConfig } from '@widgy/compressor';
import { startServer } from 'widgy/server';
import { renderer } from './src/rendering.ts';
import { fillNewSite } from './src/seed.ts';
import config from './widgy.config.ts';

const compressor = await createCompressor(await loadConfig(new URL('compressor.config.ts', import.meta.url)));

const { widgy } = await startServer({
  config,
  renderer,
  compressor,
  errorTemplate: 'error',
  async prepare({ widgy }) {
    const administrator = await fillNewSite(widgy);
    if (administrator === undefined) return;
    const { email, password } = administrator;
    process.stdout.write(`Sign in at ${widgy.baseUrl}${widgy.adminUrl}/ as ${email}\n`);
    process.stdout.write(
      `with this password, which works for 3 days, until you choose your own: ${password}\n`,
    );
  },
});

process.stdout.write(`Open ${widgy.baseUrl}\n`);
