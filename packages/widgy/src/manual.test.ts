import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { MAX_PREVIEW_PARTS } from './admin/editor/preview-parts.ts';
import { MAX_SHARED_ASKED } from './admin/editor/shared.ts';
import { MAX_OPEN_BRANCHES, PAGES_SHOWN } from './admin/pages/tree-rows.ts';
import {
  BUSY_PAUSE_MS,
  BUSY_RETRY_MS,
  POSTGRES_CONNECT_MS,
  POSTGRES_CONNECTIONS,
  POSTGRES_IDLE_MS,
  POSTGRES_STATEMENT_MS,
  SQLITE_BUSY_MS,
  SQLITE_STATEMENTS,
} from './database/database.ts';
import {
  FOLD_AFTER,
  FOLD_OPERATIONS,
  FOLD_SIZE,
  KEPT_CHANGES,
  KEPT_SIZE,
  MAX_HISTORY_PAGE,
  MAX_KEY_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_OPERATIONS,
  MAX_ORPHANS,
  MAX_OWNER_LENGTH,
  MAX_PRESENT,
  MAX_PRESENT_OF_AUTHOR,
  MAX_READ_SIZE,
  MAX_REBASED_PAIRS,
  PRESENCE_MS,
  REMEMBERED_BYTES,
} from './documents/limits.ts';
import { DOCUMENT_REFUSAL_CODES } from './documents/refusal.ts';
import { advice } from './errors.ts';
import { DEFAULT_CHOICES, MAX_CHOICES, MAX_SEARCH_LENGTH } from './links/choices.ts';
import { MAX_FIELD_NAME } from './links/field-references.ts';
import { MAX_RESOLVED_AT_ONCE } from './links/resolve.ts';
import { MAX_TOLD_LINKS } from './links/what-links-to.ts';
import {
  AVIF_SHARE,
  DEFAULT_MEDIA_LIMITS,
  DEFAULT_MEDIA_PAGE,
  MAX_ALT,
  MAX_FILE_NAME,
  MAX_MEDIA_PAGE,
  MAX_MEDIA_SEARCH,
  MAX_SERVED,
  MAX_SIDE,
  MAX_UPLOADS,
  PICTURES_AT_ONCE,
  SERVED_MS,
  UNUSED_MS,
} from './media/limits.ts';
import { MEDIA_REFUSAL_CODES } from './media/refusal.ts';
import * as pageLimits from './pages/limits.ts';
import { PAGE_REFUSAL_CODES } from './pages/refusal.ts';
import { DEFAULT_RENDER_LIMITS } from './rendering/limits.ts';
import { KNOWN_BROWSER_S } from './server/browser-cookie.ts';
import { RETRY_AFTER_S } from './server/error-pages.ts';
import {
  MAX_FORM_BYTES,
  MAX_FORM_FIELDS,
  MAX_SIGN_IN_FORM_BYTES,
  MAX_STRANGER_FORM_BYTES,
} from './server/forms.ts';
import { PAGE_CACHE_BYTES } from './server/page-cache.ts';
import { MAX_SETTING_BYTES, MAX_SETTING_DEPTH } from './settings/limits.ts';
import { SETTINGS_REFUSAL_CODES } from './settings/refusal.ts';
import { MAX_CONNECTIONS, REQUEST_TIMEOUT_MS } from './start/build-server.ts';
import { STOP_DRAIN_MS, STOP_PAUSE_MS } from './start/stopping.ts';
import { STRICT_TRANSPORT_S } from './start/strict-transport.ts';
import { readPage, runExample } from './testing/run-example.ts';
import { DEFAULT_LIMITS, MAX_NAME_LENGTH, MAX_PROBLEMS } from './tree/limits.ts';
import { DEFAULT_FORM_LIMITS, MAX_LIST_DEPTH, MAX_MARKUP_LENGTH } from './widgets/fields/limits.ts';
import { MAX_RICH_TEXT_DEPTH } from './widgets/fields/sanitise-rich-text.ts';
import { allElements } from './widgets/submit-fixture.ts';

describe('the example', () => {
  it('of the README prints what the README says', async () => {
    const { text, printed } = await runExample('packages/widgy/README.md');
    const [, expected] = /It prints:\n\n```\n([\s\S]*?)```/.exec(text) ?? [];
    assert.equal(printed, expected);
  });

  it('of the rules is refused, and a slideshow is offered', async () => {
    const { printed } = await runExample('docs/widgy-rules.md');
    assert.match(printed, /code: 'both-refuse'/);
    assert.match(printed, /wrapper: \{ type: 'slideshow', label: 'Slideshow'/);
  });

  it('of widgets prints a form', async () => {
    const { printed } = await runExample('docs/widgy-widgets.md');
    assert.deepEqual(
      allElements(printed).map(({ tag, text }) => `${tag} ${text}`.trim()),
      [
        'div Delay (required)Seconds between slides',
        'label Delay (required)',
        'span  (required)',
        'p Seconds between slides',
        'input',
      ],
    );
  });

  it('of documents prints what visitors see', async () => {
    const { text, printed } = await runExample('docs/widgy-documents.md');
    const [, expected] = /^It prints `(.*)`:/m.exec(text) ?? [];
    assert.equal(printed, `${expected}\n`);
  });

  it('of the database prints what it kept', async () => {
    const { text, printed } = await runExample('docs/widgy-database.md');
    const [, expected] = /^It prints `(.*)`\.$/m.exec(text) ?? [];
    assert.equal(printed, `${expected}\n`);
  });

  it('of rendering prints what it says', async () => {
    const { text, printed } = await runExample('docs/widgy-rendering.md');
    const [, expected] = /^It prints `(.*)`\.$/m.exec(text) ?? [];
    assert.equal(printed, `${expected}\n`);
  });

  it('of links prints what was chosen and where it leads', async () => {
    const { text, printed } = await runExample('docs/widgy-links.md');
    const [, chosen, url] = /^It prints `(.*)` and `(.*)`\.$/m.exec(text) ?? [];
    assert.equal(printed, `${chosen}\n${url}\n`);
  });

  it('of pages prints where they are and what was found', async () => {
    const { text, printed } = await runExample('docs/widgy-pages.md');
    const [, address, found] = /^It prints `(.*)` and `(.*)`:/m.exec(text) ?? [];
    assert.equal(printed, `${address}\n${found}\n`);
  });

  it('of settings prints what was changed', async () => {
    const { text, printed } = await runExample('docs/widgy-settings.md');
    const [, expected] = /^It prints `(.*)`\.$/m.exec(text) ?? [];
    assert.equal(printed, `${expected}\n`);
  });

  it('of media prints what was uploaded and how it is served', async () => {
    const { text, printed } = await runExample('docs/widgy-media.md');
    const [, added, served] = /^It prints `(.*)` and `(.*)`\.$/m.exec(text) ?? [];
    assert.equal(printed, `${added}\n${served}\n`);
  });
});

describe('the limits', () => {
  it('of rendering are the limits', async () => {
    const { widgetMs, widgetMemory, depth, nesting, cacheBytes } = DEFAULT_RENDER_LIMITS;
    const page = await readPage('docs/widgy-rendering.md');
    assert.deepEqual(secondColumn(page, '| Limit of rendering | |'), [
      widgetMs,
      widgetMemory,
      depth,
      nesting,
      cacheBytes,
    ]);
  });

  it('of rich text are the limits', async () => {
    const [sentence = ''] = /Elements may stand[^.;]*/.exec(await readPage('docs/widgy-widgets.md')) ?? [];
    assert.deepEqual(numbersIn(sentence), [MAX_RICH_TEXT_DEPTH]);
    const page = await readPage('docs/widgy-widgets.md');
    const { richText, markdown } = MAX_MARKUP_LENGTH;
    assert.deepEqual(secondColumn(page, '| Limit of a text with markup | |'), [richText, markdown]);
  });

  /** The numbers of the second column of a table, or of a sentence. */
  const numbersIn = (text: string) =>
    [...text.matchAll(/[\d,]*\d(?: MiB)?/g)].map(
      ([number]) => Number.parseInt(number.replaceAll(',', ''), 10) * (number.endsWith('MiB') ? 2 ** 20 : 1),
    );
  const secondColumn = (text: string, head: string) => {
    const [, rows = ''] = text.split(`${head}\n`);
    const [table = ''] = rows.split('\n\n');
    return numbersIn([...table.matchAll(/^\|[^|]*\|([^|]*)\|/gm)].map(([, cell]) => cell).join());
  };

  it('of trees are the limits', async () => {
    const page = await readPage('docs/widgy-operations.md');
    const { depth, widgets, bytes, fieldBytes, fieldDepth } = DEFAULT_LIMITS;
    assert.deepEqual(secondColumn(page, '| Limit | Default | What it counts |'), [
      depth,
      widgets,
      bytes,
      fieldBytes,
      fieldDepth,
    ]);
    const [sentence = ''] = /Ids, types and names of slots have[^.]*\.[^.]*\./.exec(page) ?? [];
    assert.deepEqual(numbersIn(sentence), [MAX_NAME_LENGTH, MAX_PROBLEMS]);
  });

  it('of forms are the limits', async () => {
    const { entries, units, items } = DEFAULT_FORM_LIMITS;
    assert.deepEqual(secondColumn(await readPage('docs/widgy-widgets.md'), '| Limit of a form | |'), [
      entries,
      units,
      items,
      MAX_LIST_DEPTH,
      MAX_PROBLEMS,
    ]);
  });

  it('of links are the limits', async () => {
    assert.deepEqual(secondColumn(await readPage('docs/widgy-links.md'), '| Limit of links | |'), [
      MAX_TOLD_LINKS,
      MAX_RESOLVED_AT_ONCE,
      MAX_CHOICES,
      DEFAULT_CHOICES,
      MAX_SEARCH_LENGTH,
      MAX_FIELD_NAME,
    ]);
  });

  it('of settings are the limits', async () => {
    assert.deepEqual(secondColumn(await readPage('docs/widgy-settings.md'), '| Limit of settings | |'), [
      MAX_SETTING_BYTES,
      MAX_SETTING_DEPTH,
    ]);
  });

  it('of the server are the limits', async () => {
    assert.deepEqual(secondColumn(await readPage('docs/widgy-server.md'), '| Limit of the server | |'), [
      MAX_FORM_BYTES,
      MAX_STRANGER_FORM_BYTES,
      MAX_SIGN_IN_FORM_BYTES,
      MAX_FORM_FIELDS,
      PAGE_CACHE_BYTES,
      RETRY_AFTER_S,
      REQUEST_TIMEOUT_MS,
      MAX_CONNECTIONS,
      STOP_PAUSE_MS,
      STOP_DRAIN_MS,
      STRICT_TRANSPORT_S,
      KNOWN_BROWSER_S,
      MAX_OPEN_BRANCHES,
      PAGES_SHOWN,
      MAX_PREVIEW_PARTS,
      MAX_SHARED_ASKED,
    ]);
  });

  it('of media are the limits', async () => {
    const { bytes, pixels, frames } = DEFAULT_MEDIA_LIMITS;
    assert.deepEqual(secondColumn(await readPage('docs/widgy-media.md'), '| Limit of media | |'), [
      bytes,
      pixels,
      frames,
      AVIF_SHARE,
      MAX_UPLOADS,
      PICTURES_AT_ONCE,
      MAX_SIDE,
      MAX_FILE_NAME,
      MAX_ALT,
      MAX_MEDIA_PAGE,
      DEFAULT_MEDIA_PAGE,
      MAX_MEDIA_SEARCH,
      UNUSED_MS,
      SERVED_MS,
      MAX_SERVED,
    ]);
  });

  it('of pages are the limits', async () => {
    // In the order in which the file has them, which is no order of a module.
    const file = await readPage('packages/widgy/src/pages/limits.ts');
    const names = [...file.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
    const limits = new Map(Object.entries(pageLimits));
    assert.deepEqual(
      secondColumn(await readPage('docs/widgy-pages.md'), '| Limit of pages | |'),
      names.map((name) => limits.get(name ?? '')),
    );
  });

  it('of documents are the limits', async () => {
    assert.deepEqual(secondColumn(await readPage('docs/widgy-documents.md'), '| Limit of documents | |'), [
      MAX_OPERATIONS,
      KEPT_CHANGES,
      KEPT_SIZE,
      FOLD_AFTER,
      FOLD_OPERATIONS,
      FOLD_SIZE,
      MAX_REBASED_PAIRS,
      MAX_READ_SIZE,
      MAX_KEY_LENGTH,
      MAX_MESSAGE_LENGTH,
      MAX_OWNER_LENGTH,
      MAX_HISTORY_PAGE,
      MAX_ORPHANS,
      PRESENCE_MS,
      MAX_PRESENT,
      MAX_PRESENT_OF_AUTHOR,
      REMEMBERED_BYTES,
    ]);
  });

  it('of databases are the limits', async () => {
    assert.deepEqual(secondColumn(await readPage('docs/widgy-database.md'), '| Limit | |'), [
      BUSY_RETRY_MS,
      BUSY_PAUSE_MS,
      SQLITE_BUSY_MS,
      SQLITE_STATEMENTS,
      POSTGRES_CONNECTIONS,
      POSTGRES_CONNECT_MS,
      POSTGRES_STATEMENT_MS,
      POSTGRES_IDLE_MS,
    ]);
  });
});

it('every error is in the manual once, with what to do', async () => {
  const folder = new URL('../../../docs/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.startsWith('widgy-'));
  const pages = await Promise.all(names.map((name) => readPage(`docs/${name}`)));
  const told = pages.flatMap((page) => {
    const [, errors = ''] = page.split('## Errors\n');
    return [...errors.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, code, what]) => [code, what]);
  });
  assert.deepEqual(told.sort(), Object.entries(advice).sort());
});

it('every reason why nothing was done to a document is in the manual', async () => {
  const [, table = ''] = (await readPage('docs/widgy-documents.md')).split('## Refusals\n');
  const [rows = ''] = table.split('##');
  const cells = [...rows.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  const codes = [...cells.join().matchAll(/`([a-z-]+)`/g)].map(([, code]) => code);
  assert.deepEqual(codes.sort(), [...DOCUMENT_REFUSAL_CODES].sort());
});

it('every reason why nothing was done to pages is in the manual', async () => {
  const [, table = ''] = (await readPage('docs/widgy-pages.md')).split('| Refusal of pages | |\n');
  const [rows = ''] = table.split('\n\n');
  const cells = [...rows.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  const codes = [...cells.join().matchAll(/`([a-z-]+)`/g)].map(([, code]) => code);
  assert.deepEqual(codes.sort(), [...PAGE_REFUSAL_CODES].sort());
});

it('every reason why no setting was changed is in the manual', async () => {
  const [, table = ''] = (await readPage('docs/widgy-settings.md')).split('| Refusal | |\n');
  const [rows = ''] = table.split('\n\n');
  const codes = [...rows.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(codes.sort(), [...SETTINGS_REFUSAL_CODES].sort());
});

it('every reason why nothing was done to media is in the manual', async () => {
  const [, table = ''] = (await readPage('docs/widgy-media.md')).split('| Refusal of media | |\n');
  const [rows = ''] = table.split('\n\n');
  const cells = [...rows.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell);
  const codes = [...cells.join().matchAll(/`([a-z-]+)`/g)].map(([, code]) => code);
  assert.deepEqual(codes.sort(), [...MEDIA_REFUSAL_CODES].sort());
});
