import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { packPackage } from '../../../scripts/packed-project.ts';
import { assertPrinted } from '../../widgy/test/tutorial/printed.ts';
import { type Step, sectionsOf } from '../../widgy/test/tutorial/steps.ts';
import { openTerminal } from '../../widgy/test/tutorial/terminal.ts';
import { createVisitor, type SeenPage, type Visitor } from './visitor.ts';

const workspace = join(import.meta.dirname, '../../..');

/** Who follows the page, and what they have seen of the site so far. */
interface Reader {
  /** The address that the server printed. */
  readonly base: string;
  /** In the administration. */
  readonly editor: Visitor;
  /** Somebody who is not signed in. */
  readonly guest: Visitor;
  /** The password that was printed at the first start. */
  readonly password: string;
}

/** What is done in a browser when the commands of a section have been run. */
const DONE: Readonly<Record<string, (reader: Reader) => Promise<void>>> = {
  async '2. Start'({ base, guest }) {
    const home = await seen(guest, '/');
    assert.match(home.text, /^Skip to the content My site Welcome Welcome This page is made of widgets\./);
    await assertLoads(base, home, { styles: 'each by itself' });
    const lost = await guest.open('/nowhere');
    assert.deepEqual([lost.status, lost.text.includes('There is no page at this address.')], [404, true]);
  },
  async '3. Sign in'({ editor, guest, password }) {
    const refused = await signIn(guest, 'not the password');
    assert.equal(refused.status, 422);
    await signIn(editor, password);
    const overview = await editor.press('Set the password', { 'New password': 'three small boats at noon' });
    assert.match(overview.text, /Good to see you, Admin/);
  },
  async '4. A page'({ editor, guest }) {
    await editor.click('Pages');
    await editor.click('New page');
    await editor.press('Make the page', { Title: 'Prices', 'Main menu': true });
    assert.equal((await guest.open('/prices')).status, 404);
    await editor.click('Add');
    await editor.press('Add Quote');
    await editor.press('Save', { Quote: 'Half a day costs half.', 'Who said it': 'Ann' });
    assert.equal((await guest.open('/prices')).status, 404);
    assert.match((await editor.press('Publish')).text, /It was published\./);
    assert.match((await seen(guest, '/prices')).html, /<figcaption>Ann<\/figcaption>/);
    assert.match((await seen(guest, '/')).html, /<a href="\/prices">Prices<\/a>/);
    assert.match((await editor.click('History')).text, /Version 1/);
  },
  async '5. Settings'({ editor, guest }) {
    await editor.click('Settings');
    await editor.press('Save the settings', { Title: 'Boats for an hour', Colour: '#8a2f5d' });
    for (const path of ['/', '/prices']) {
      const { html } = await seen(guest, path);
      assert.match(html, /<title>\S+ – Boats for an hour<\/title>/);
      assert.match(html, /--brand: #8a2f5d/);
    }
  },
  async '6. The widget'({ editor, guest }) {
    await editor.open('/admin/pages');
    await editor.click('Prices');
    await editor.click('Edit Quote');
    await editor.press('Save', { Where: 'At the slipway' });
    await editor.press('Publish');
    assert.match((await seen(guest, '/prices')).html, /<figcaption>Ann, At the slipway<\/figcaption>/);
  },
  async '7. Production'({ base, guest, editor }) {
    for (const path of ['/', '/prices', '/nowhere']) {
      await assertLoads(base, await guest.open(path), { styles: 'one' });
    }
    assert.match((await seen(guest, '/prices')).text, /Ann, At the slipway/);
    // Servers that start again have the same secret, so nobody was signed out.
    const overview = await seen(editor, '/admin/');
    assert.match(overview.text, /Good to see you, Admin/);
    await assertLoads(base, overview, { styles: 'one' });
  },
};

async function signIn(visitor: Visitor, password: string): Promise<SeenPage> {
  await visitor.open('/admin/');
  return await visitor.press('Sign in', { 'E-mail address': 'admin@example.com', Password: password });
}

async function seen(visitor: Visitor, path: string): Promise<SeenPage> {
  const page = await visitor.open(path);
  assert.equal(page.status, 200, page.html);
  return page;
}

/** Asserts that all styles, scripts and pictures that a page names are there, and in how many files its styles are. */
async function assertLoads(
  base: string,
  { html, url }: SeenPage,
  { styles }: { readonly styles: 'one' | 'each by itself' },
): Promise<void> {
  const elements = [...html.matchAll(/<(link|script|img)\b[^>]*?\b(?:href|src)="(\/[^"]*)"[^>]*>/g)];
  const sheets = elements.filter(([element]) => element.includes('rel="stylesheet"'));
  assert.ok(styles === 'one' ? sheets.length === 1 : sheets.length > 3, `${url} has ${sheets.length} sheets`);
  for (const [element, , path = ''] of elements) {
    if (/rel="(?:canonical|alternate)"/.test(element)) continue;
    const answer = await fetch(new URL(path, base));
    await answer.arrayBuffer();
    assert.equal(answer.status, 200, `${url} loads ${path}`);
    if (styles === 'one' && path.startsWith('/assets/'))
      assert.match(answer.headers.get('cache-control') ?? '', /immutable/, path);
  }
}

describe('the quick start, followed word for word with packed packages', { timeout: 300_000 }, async () => {
  const page = await readFile(join(workspace, 'docs/widgy-quick-start.md'), 'utf8');
  const sections = sectionsOf(page);
  const packages = await mkdtemp(join(tmpdir(), 'widgy-packages-'));
  const terminal = await openTerminal();
  const packed: Record<'create-widgy' | 'widgy' | 'compressor', string> = {
    'create-widgy': '',
    widgy: '',
    compressor: '',
  };
  let packedFiles: readonly string[] = [];
  let reader: Reader | undefined;

  before(() => {
    for (const folder of ['create-widgy', 'widgy', 'compressor'] as const) {
      const { path, files } = packPackage(join(workspace, 'packages', folder), packages);
      packed[folder] = path;
      if (folder === 'create-widgy') packedFiles = files;
    }
  });
  after(async () => {
    await terminal.close();
    await rm(packages, { recursive: true, force: true });
  });

  /** Commands that get packages get those of the workspace, as the page says for as long as there are no others. */
  const withPackages = (command: string): string => {
    const [, folder] = /^npm create widgy (\S+)$/.exec(command) ?? [];
    if (folder !== undefined)
      return `npm exec --yes --package='${packed['create-widgy']}' -- create-widgy ${folder}`;
    return command === 'npm install' ? `npm install '${packed.widgy}' '${packed.compressor}'` : command;
  };

  const follow = async (step: Step): Promise<void> => {
    if (step.kind === 'file') return await terminal.write(step.path, step.text);
    if (/\bnpm (?:start|run dev)$/.test(step.command)) {
      const printed = await terminal.serve(step.command);
      assertPrinted(printed, step);
      reader = readerOf(printed, reader);
      return;
    }
    const { printed, status } = await terminal.run(withPackages(step.command));
    assert.equal(status, 0, `${step.command}\n${printed}`);
    assertPrinted(printed, step);
  };

  for (const { heading, steps } of sections) {
    const browse = DONE[heading];
    if (steps.length === 0 && browse === undefined) continue;
    it(heading, async () => {
      for (const step of steps) await follow(step);
      if (browse === undefined) return;
      assert.ok(reader, 'the server has been started');
      await browse(reader);
    });
  }

  it('has the sections after which somebody uses the site', () => {
    const headings = sections.map(({ heading }) => heading);
    for (const heading of Object.keys(DONE)) assert.ok(headings.includes(heading), heading);
  });

  it('has somebody use all links, buttons and fields that it names', () => {
    const [, ...parts] = page.split(/^## /m);
    const named = parts.flatMap((part) => [...part.matchAll(/\*\*([^*\n]+)\*\*(?!\n\n```)/g)]);
    const used = reader?.editor.used ?? [];
    for (const [, name = ''] of named)
      assert.ok(
        used.some((one) => one === name || one === `Add ${name}` || one === `${name} Quote`),
        name,
      );
    assert.ok(named.length > 10);
  });

  it('comes from a package that has the whole template, and no tests', async () => {
    const template = await readdir(join(workspace, 'packages/create-widgy/template'), {
      recursive: true,
      withFileTypes: true,
    });
    const files = template
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        relative(join(workspace, 'packages/create-widgy'), join(parentPath, name)),
      );
    const code = ['bin', 'project-name', 'run', 'write-project'].map((name) => `dist/${name}.js`);
    assert.deepEqual(
      packedFiles.toSorted(),
      ['LICENSE', 'README.md', 'package.json', ...code, ...files].toSorted(),
    );
  });
});

/** The address that a server printed, and the password where it printed one. Whoever was signed in stays so. */
function readerOf(printed: string, former: Reader | undefined): Reader {
  const [, base = ''] = /^Open (\S+)$/m.exec(printed) ?? [];
  const [, password = former?.password ?? ''] = /choose your own: (\S+)$/m.exec(printed) ?? [];
  return { ...(former ?? { editor: createVisitor(base), guest: createVisitor(base) }), base, password };
}
