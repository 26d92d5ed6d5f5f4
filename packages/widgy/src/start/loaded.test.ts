import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { it } from 'node:test';
import { compressSite } from '@widgy/compressor';
import { siteFolder } from '../widgets/site-fixture.ts';
import { offlineSiteConfig, offlineSiteFiles } from './offline-site-fixture.ts';

/** What a server needs for its first page, of which some must be seen for the others to count as unseen. */
const NEEDED = ['fastify', 'kysely', 'liquidjs', 'zod'];

/** What takes long to load, or much memory, with what needs it. */
const LATER: readonly (readonly [name: string, neededFor: string])[] = [
  ['rolldown', 'building scripts'],
  ['lightningcss', 'building styles'],
  ['browserslist', 'building for browsers'],
  ['caniuse-lite', 'building for browsers'],
  ['@csstools/css-tokenizer', 'building styles'],
  ['@jridgewell/remapping', 'source maps'],
  ['@jridgewell/trace-mapping', 'source maps'],
  ['sass-embedded', 'building from Sass'],
  ['chokidar', 'watching sources'],
  ['nodemailer', 'sending a mail'],
  ['sharp', 'uploading a picture'],
  ['pg', 'PostgreSQL'],
  ['tar-stream', 'backups'],
];

it('a server in offline mode on SQLite shows its first page without loading what it does not need for that', async () => {
  const folder = await siteFolder(offlineSiteFiles);
  const { isDone, diagnostics } = await compressSite(await offlineSiteConfig(folder), { cache: false });
  assert.deepEqual([isDone, diagnostics], [true, []]);
  const printed = execFileSync(
    process.execPath,
    ['--conditions=widgy-source', join(import.meta.dirname, 'loaded-fixture.ts'), folder],
    { encoding: 'utf8' },
  );
  const loaded: readonly string[] = JSON.parse(printed);
  const isLoaded = (name: string) => loaded.includes(name);
  assert.deepEqual(NEEDED.filter(isLoaded), NEEDED);
  assert.deepEqual(
    LATER.filter(([name]) => isLoaded(name)),
    [],
  );
});
