import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDatabase } from '../database/open-database.ts';
import { commitDraft } from '../documents/commits/commit-draft.ts';
import { createDocument } from '../documents/create-document.ts';
import { accepted, ann, operation, strictSite } from '../documents/documents-fixture.ts';
import { changeDraft } from '../documents/drafts/change-draft.ts';
import { type DocumentStore, openDocuments } from '../documents/store.ts';
import type { Status } from './outcome.ts';
import { run } from './run.ts';

/** What a command line came to. */
export interface Ran {
  readonly status: Status;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in a folder, with nothing in its environment but what is given. */
export async function runIn(
  directory: string,
  given: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    directory,
    environment,
    stdout: { write: (part: string) => out.push(part) },
    stderr: { write: (part: string) => err.push(part) },
  };
  const status = await run(given, io, '1.2.3');
  return { status, stdout: out.join(''), stderr: err.join('') };
}

/** Runs the command in a process of its own. */
export async function spawnIn(
  directory: string,
  given: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const bin = join(import.meta.dirname, 'bin.ts');
  const child = spawn(process.execPath, ['--conditions=widgy-source', bin, ...given], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...environment },
  });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await closed;
  return { status, stdout, stderr };
}

/** The severities and codes of what was printed with `--json`. */
export function codesOf({ stdout }: Ran): readonly string[] {
  return JSON.parse(stdout).diagnostics.map(
    ({ severity, code }: Record<string, string>) => `${severity} ${code}`,
  );
}

/** A file of this package as the files of a site can import it. */
export function source(path: string): string {
  return JSON.stringify(new URL(path, import.meta.url).href);
}

/** The files of a site with a configuration that leaves the database to the environment. */
export const SITE_FILES = {
  'package.json': '{"type":"module"}',
  'widgy.config.ts': `
import { defineConfig } from ${source('../index.ts')};
export default defineConfig({
  site: () => import(${source('../documents/documents-fixture.ts')}).then((module) => module.strictSite),
  linkables: [{
    type: 'page', label: 'Page', plural: 'Pages',
    resolve: async (_, ids) => ids.filter((id) => id === '1').map((id) => ({ id, label: id, url: '/' + id })),
    search: async () => [],
  }],
});`,
};

/** Does something with the documents in a database as a server does. */
export async function withStore(
  url: string,
  step: (store: DocumentStore) => Promise<unknown>,
): Promise<void> {
  const database = await openDatabase(url);
  await step(openDocuments({ database, site: strictSite }));
  await database.close();
}

const tree = {
  ...{ id: 'page', type: 'page' },
  children: [
    { id: 's', type: 'section', children: [{ id: 'n', type: 'note', fields: { text: '<p>Hi</p>' } }] },
  ],
};

/** Makes a document with two commits and a change since. */
export async function addDocument(url: string, id: string): Promise<void> {
  await withStore(url, async (store) => {
    const owner = { type: 'page', id, field: 'body' };
    accepted(await createDocument(store, { id, owner, start: { tree } }, ann));
    accepted(await commitDraft(store, id, { after: 0, message: 'first' }, ann));
    for (const [after, title] of ['One', 'Two'].entries()) {
      const operations = [operation({ kind: 'set', id: 's', fields: { title }, unset: [] })];
      accepted(await changeDraft(store, id, { after, operations }, ann));
      if (after === 0) accepted(await commitDraft(store, id, { after: 1 }, ann));
    }
  });
}
