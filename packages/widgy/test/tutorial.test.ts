import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { lockedVersion, packPackage } from '../../../scripts/packed-project.ts';
import { assertPrinted } from './tutorial/printed.ts';
import { type Step, sectionsOf } from './tutorial/steps.ts';
import { openTerminal, type Terminal } from './tutorial/terminal.ts';

const workspace = join(import.meta.dirname, '../../..');
const read = (page: string) => readFile(join(workspace, 'docs', page), 'utf8');

/** What is asked of the site when a section has been followed, beside what the tutorial says that commands print. */
const LOOKS: Readonly<Record<string, (url: string, write: Terminal['write']) => Promise<void>>> = {
  '7. The server': async (url) => {
    const page = await fetch(url);
    assert.deepEqual([page.status, await page.text()], [404, 'Nothing is published yet.']);
  },
  '10. Look at it': async (url, write) => {
    const { html, styles, scripts } = await look(url);
    assertSlides(html, ['The boats go out at dawn', 'The light shows them home']);
    assert.equal(styles.length, 3, 'each style sheet by itself');
    assert.equal(scripts.length, 2, 'the script, and that which reloads');
    const page = await openPage(url);
    await write('widgets/slide/part.liquid', 'a template of a widget');
    assert.deepEqual(await page.told(), { type: 'reload' });
    await page.close();
  },
  '11. Changing a slide': async (url) => {
    assertSlides((await look(url)).html, ['The boats go out at dawn', 'The light shows them home']);
  },
  '12. Publishing the change': async (url) => {
    assertSlides((await look(url)).html, ['The boats go out at dawn', 'Home before the fog']);
  },
  '14. Production': async (url) => {
    const { html, styles, scripts } = await look(url);
    assertSlides(html, ['The boats go out at dawn', 'Home before the fog']);
    assert.deepEqual([styles.length, scripts.length], [1, 1]);
    for (const { caching } of [...styles, ...scripts]) assert.match(caching, /immutable/);
  },
};

function assertSlides(html: string, captions: readonly string[]): void {
  const found = [...html.matchAll(/<figcaption>([^<]*)<\/figcaption>/g)].map(([, caption]) => caption);
  assert.deepEqual(found, captions);
}

/** A page with everything that it loads, which must all be there and be what it is taken for. */
async function look(url: string) {
  const page = await fetch(url);
  const html = await page.text();
  assert.equal(page.status, 200, html);
  const load = async (pattern: RegExp, type: RegExp) =>
    await Promise.all(
      Array.from(html.matchAll(pattern), async ([, path = '']) => {
        const answer = await fetch(new URL(path, url));
        assert.equal(answer.status, 200, path);
        assert.match(answer.headers.get('content-type') ?? '', type, path);
        return { text: await answer.text(), caching: answer.headers.get('cache-control') ?? '' };
      }),
    );
  const styles = await load(/<link rel="stylesheet"[^>]* href="([^"]+)"/g, /^text\/css/);
  const scripts = await load(/<script[^>]* src="([^"]+)"/g, /javascript/);
  const pictures = await load(/<img src="([^"]+)"/g, /^image\/svg/);
  for (const name of ['.page', '.slideshow-row', '.slide'])
    assert.ok(
      styles.some(({ text }) => text.includes(name)),
      `no style sheet has ${name}`,
    );
  assert.ok(scripts.some(({ text }) => text.includes('prefers-reduced-motion')));
  assert.equal(pictures.length, 2);
  return { html, styles, scripts };
}

/** A page that stays open: what it is told first. */
async function openPage(url: string) {
  const { body } = await fetch(new URL('/assets/live-reload', url));
  assert.ok(body !== null);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  return {
    async told(): Promise<unknown> {
      for (let text = ''; ; ) {
        const { value, done } = await reader.read();
        assert.ok(!done, `the connection was closed: ${text}`);
        text += value;
        const [, data] = /^data: (.*)\n/m.exec(text) ?? [];
        if (data !== undefined) return JSON.parse(data);
      }
    },
    close: () => reader.cancel(),
  };
}

/** The packages of the workspace that the tutorial installs, and their folders. */
const OWN = { widgy: 'widgy', '@widgy/compressor': 'compressor' } as const;

describe('the tutorial, followed word for word with packed packages', { timeout: 300_000 }, async () => {
  const pages = ['widgy-first-widget.md', 'widgy-changing-widgets.md'];
  const sections = (await Promise.all(pages.map(read))).flatMap(sectionsOf);
  const packages = await mkdtemp(join(tmpdir(), 'widgy-packages-'));
  const terminal = await openTerminal();
  const packed = new Map<string, string>();

  before(() => {
    for (const [name, folder] of Object.entries(OWN))
      packed.set(name, packPackage(join(workspace, 'packages', folder), packages).path);
  });
  after(async () => {
    await terminal.close();
    await rm(packages, { recursive: true, force: true });
  });

  /** Names of packages become what the workspace has: its own packages as they are packed, others in the versions that were tried. */
  const withVersions = async (command: string): Promise<string> => {
    if (!command.startsWith('npm install ')) return command;
    const words = command.split(' ').map(async (word, at) => {
      if (at < 2 || word.startsWith('-')) return word;
      return packed.get(word) ?? `${word}@${await lockedVersion(word)}`;
    });
    return (await Promise.all(words)).join(' ');
  };

  const follow = async (step: Step): Promise<void> => {
    if (step.kind === 'file') return await terminal.write(step.path, step.text);
    if (/\bnode server\.ts$/.test(step.command)) {
      return assertPrinted(await terminal.serve(step.command), step);
    }
    const { printed, status } = await terminal.run(await withVersions(step.command));
    assert.equal(status, 0, `${step.command}\n${printed}`);
    assertPrinted(printed, step);
  };

  for (const { heading, steps } of sections) {
    const check = LOOKS[heading];
    if (steps.length === 0 && check === undefined) continue;
    it(heading, async () => {
      for (const step of steps) await follow(step);
      await check?.(terminal.url, terminal.write);
    });
  }

  it('has the sections after which the site is looked at', () => {
    const headings = sections.map(({ heading }) => heading);
    for (const heading of Object.keys(LOOKS)) assert.ok(headings.includes(heading), heading);
  });

  it('has types without errors at its end, too', async () => {
    const { printed, status } = await terminal.run('npx tsc');
    assert.deepEqual([printed.trim(), status], ['', 0]);
  });
});
