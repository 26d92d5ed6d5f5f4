// Makes the assets, fills a new database with pages of the sizes that are given, and adds somebody who may edit them. It prints the
// documents of the pages, by their sizes.
import { compressSite, createCompressor, loadConfig } from '@widgy/compressor';
import { changePassword, createFirstAdministrator } from 'widgy/accounts';
import { readEnvironment, widgyEnvironment } from 'widgy/config';
import { trustedAuthor } from 'widgy/documents';
import { createPage } from 'widgy/pages';
import { buildServer } from 'widgy/server';
import { formatTree } from 'widgy/tree';
import { deepTree } from '../tree.ts';
import { renderer } from './rendering.ts';
import config from './widgy.config.ts';

const compressorConfig = await loadConfig(new URL('compressor.config.ts', import.meta.url));
const { isDone, diagnostics } = await compressSite(compressorConfig);
if (!isDone) throw new Error(JSON.stringify(diagnostics));

const { app, widgy } = await buildServer({
  ...{ config, renderer, hasJobs: false },
  compressor: await createCompressor(compressorConfig),
  environment: readEnvironment(widgyEnvironment, process.env),
});
const documents = new Map<string, string>();
for (const size of process.argv.slice(2)) documents.set(size, await addPage(Number(size)));
const { EMAIL: email = '', PASSWORD: password = '' } = process.env;
await addAdministrator(email, password);
await app.close();
process.stdout.write(`${JSON.stringify(Object.fromEntries(documents))}\n`);

async function addPage(size: number): Promise<string> {
  const tree = JSON.parse(formatTree(deepTree(size)));
  const made = await createPage(widgy.pages, { title: `${size} widgets`, start: { tree } }, trustedAuthor());
  if (!made.ok) throw new Error(made.refusal.what);
  return made.draft.document;
}

/** The one-time password that the first administrator has is changed at once, as people do when they sign in. */
async function addAdministrator(email: string, password: string): Promise<void> {
  const made = await createFirstAdministrator(widgy.accounts, { email, name: 'Bench' });
  if (!made.ok) throw new Error(made.refusal.what);
  const { user, password: current } = made;
  const changed = await changePassword(widgy.accounts, user.id, { current, password });
  if (!changed.ok) throw new Error(changed.refusal.what);
}
