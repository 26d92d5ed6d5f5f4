import { createCompressor, loadConfig } from '@widgy/compressor';
import { createFirstAdministrator } from 'widgy/accounts';
import { startServer } from 'widgy/server';
import { renderer } from './rendering.ts';
import { variables } from './variables.ts';
import { watchTheTide } from './watch.ts';
import config from './widgy.config.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const compressor = await createCompressor(
  await loadConfig(new URL('./compressor.config.ts', import.meta.url)),
);
const { app } = await startServer({
  ...{ config, renderer, compressor, variables },
  routes: (server, { database }) => watchTheTide(server, database, say),
  async prepare({ widgy }) {
    const made = await createFirstAdministrator(widgy.accounts, { email: 'ann@example.org', name: 'Ann' });
    if (made.ok) say(`password ${made.password}`);
  },
});
say(`open ${app.listeningOrigin}`);
