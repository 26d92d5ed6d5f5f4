import 'widgy/explain';
import { createCompressor, loadConfig } from '@widgy/compressor';
import { startServer } from 'widgy/server';
import { siteOptions } from './app.ts';
import { renderer } from './rendering.ts';
import { seed } from './seed/seed.ts';

const compressor = await createCompressor(
  await loadConfig(new URL('../compressor.config.ts', import.meta.url)),
);

const { widgy } = await startServer({
  ...siteOptions({ renderer, compressor }),
  async prepare({ widgy }) {
    const administrator = await seed(widgy);
    if (administrator === undefined) return;
    const { email, password } = administrator;
    process.stdout.write(`Sign in at ${widgy.baseUrl}${widgy.adminUrl}/ as ${email}\n`);
    process.stdout.write(
      `with this password, which works for 3 days, until you choose your own: ${password}\n`,
    );
  },
});
process.stdout.write(`${widgy.siteName} is open at ${widgy.baseUrl}\n`);
