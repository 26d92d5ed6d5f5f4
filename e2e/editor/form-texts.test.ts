import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { withKeyboard } from '../person.ts';
import { pageCalled } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import { openForm, press, shownIn } from './form-fixture.ts';
import { sampler } from './sampler/sampler.ts';
import { until } from './until.ts';

/** What is pasted, and what comes of it. */
interface Pasted {
  readonly what: string;
  readonly html: string;
  readonly value: string;
}

const PASTED: readonly Pasted[] = [
  {
    what: 'a website with everything that it should not bring',
    html: `<html><head><style>p { color: red }</style><script>window.pwned = 'script'</script></head><body><!--StartFragment-->
<div class="hero" style="margin: 0" onclick="window.pwned = 'click'"><h2 id="top" style="color: red">Boats</h2>
<p class="lead">Built <b>by hand</b>, <a href="javascript:window.pwned='link'">not</a> <a href="https://example.org/" target="_blank" rel="noopener" onclick="window.pwned=1">bought</a>.</p>
<img src="x" onerror="window.pwned = 'image'"><iframe src="https://example.org/"></iframe><svg onload="window.pwned = 'svg'"></svg>
<form action="/x"><input value="No"><button>No</button></form></div><!--EndFragment--></body></html>`,
    value:
      '<h2>Boats</h2><p>Built <strong>by hand</strong>, not <a href="https://example.org/">bought</a>.</p>',
  },
  {
    what: 'Word, with a list that is none and a comment of its own',
    html: `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm} --></style></head><body lang=EN-GB>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=EN-GB style='font-family:"Arial"'>Tar</span></b><span lang=EN-GB> and <i>oakum</i><o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>Mallet</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>Irons</p></body></html>`,
    value: '<p><strong>Tar</strong> and <em>oakum</em></p><ul><li>Mallet</li><li>Irons</li></ul>',
  },
  {
    what: 'a text of Google, in bold that is not bold',
    html: `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-weight:700">Keel</span><span style="font-weight:400"> and </span><span style="font-style:italic">stem</span></p><ol><li dir="ltr"><p dir="ltr">One</p></li></ol></b>`,
    value: '<p><strong>Keel</strong> and <em>stem</em></p><ol><li>One</li></ol>',
  },
  {
    what: 'words about markup, which are nothing but words',
    html: `<p>Write &lt;p style="x"&gt;, or style=y, <a href="/x?a='style=1" title="its style=bold">so</a>.</p>`,
    value: `<p>Write &lt;p style="x"&gt;, or style=y, <a title="its style=bold" href="/x?a='style=1">so</a>.</p>`,
  },
];

describe('texts in the form', () => {
  const editor = editorSuite({ types: [sampler] });

  const openText = async (html = '') => {
    const tab = await openForm(editor, { id: 'text', type: 'text', fields: { text: html } });
    const text = tab.form.getByRole('textbox', { name: 'Text' });
    await text.waitFor();
    const tools = tab.form.getByRole('toolbar', { name: 'Tools for Text' });
    return { ...tab, text, tools, tool: (name: string) => tools.getByRole('button', { name, exact: true }) };
  };

  it('row 20: rich text is written with the buttons and with keys', async () => {
    const { page, text, tools, tool, becomes, faults } = await openText();
    await text.click();
    const steps: readonly (readonly [what: string, act: () => Promise<unknown>, value: string])[] = [
      ['words', () => page.keyboard.type('Boats'), '<p>Boats</p>'],
      ['a heading', () => tools.getByRole('combobox').selectOption('Heading 2'), '<h2>Boats</h2>'],
      [
        'bold, by a key',
        () => press(page, ['<End>', '<Enter>', 'of ', '<Control+b>', 'oak', '<Control+b>', '.']),
        '<h2>Boats</h2><p>of <strong>oak</strong>.</p>',
      ],
      [
        'bold, by the button',
        async () => {
          await press(page, ['<Shift+ArrowLeft>']);
          await tool('Italic').click();
        },
        '<h2>Boats</h2><p>of <strong>oak</strong><em>.</em></p>',
      ],
      [
        'a list',
        async () => {
          await press(page, ['<End>', '<Enter>']);
          await tool('Remove the formatting').click();
          await tool('List').click();
          await press(page, ['Teal', '<Enter>', 'Snipe']);
        },
        '<h2>Boats</h2><p>of <strong>oak</strong><em>.</em></p><ul><li>Teal</li><li>Snipe</li></ul>',
      ],
      [
        'a list with numbers',
        () => tool('Numbered list').click(),
        '<h2>Boats</h2><p>of <strong>oak</strong><em>.</em></p><ol><li>Teal</li><li>Snipe</li></ol>',
      ],
      [
        'back, by the button',
        () => tool('Undo').click(),
        '<h2>Boats</h2><p>of <strong>oak</strong><em>.</em></p><ul><li>Teal</li><li>Snipe</li></ul>',
      ],
    ];
    for (const [what, act, value] of steps) {
      await act();
      await becomes('text', value).catch((cause: unknown) => assert.fail(`${what}: ${String(cause)}`));
    }
    assert.equal(await tool('List').getAttribute('aria-pressed'), 'true');
    assert.deepEqual(faults, []);
  });

  it('row 20: a link in rich text is searched for and chosen by keyboard, changed to an address, and removed', async () => {
    const tab = await openText('<p>All boats here.</p>');
    const { page, form, text, tool, becomes } = tab;
    const anchorage = await pageCalled(editor, 'Our anchorage');
    const hand = withKeyboard(page);
    await hand.reach(text);
    await press(page, [
      '<Control+Home>',
      '<Control+ArrowRight>',
      '<ArrowRight>',
      '<Shift+Control+ArrowRight>',
    ]);
    // The tools stand before the text, and are one stop of the Tab key.
    await press(page, ['<Shift+Tab>', ...Array<string>(5).fill('<ArrowRight>'), '<Enter>']);
    const search = form.getByRole('combobox', { name: 'Search pages, media and call-outs' });
    await search.and(page.locator(':focus')).waitFor();
    // Whoever types quickly means what they typed, and not what was found before.
    await press(page, ['anchorage', '<Enter>']);
    await becomes('text', `<p>All <a href="widgy:page/${anchorage.id}">boats</a> here.</p>`);
    await text.and(page.locator(':focus')).waitFor();
    await tool('Link').click();
    await form.getByLabel('Address of the link').fill('https://example.org/');
    await page.keyboard.press('Enter');
    await becomes('text', '<p>All <a href="https://example.org/">boats</a> here.</p>');
    await tool('Link').click();
    await form.getByLabel('Address of the link').fill('javascript:alert(1)');
    await form.getByRole('button', { name: 'Link', exact: true, disabled: true }).waitFor();
    await form.getByRole('button', { name: 'Remove the link' }).click();
    await becomes('text', '<p>All boats here.</p>');
    assert.deepEqual(tab.faults, []);
  });

  for (const { what, html, value } of PASTED) {
    it(`row 20: what is pasted is text: ${what}`, async () => {
      const { page, text, becomes, faults } = await openText();
      await text.click();
      await paste(text, html);
      await becomes('text', value);
      await page.locator('.preview-frame').waitFor();
      assert.equal(await page.evaluate(() => 'pwned' in window), false);
      // The browser says that it has run nothing of an attribute: which must not even have been tried.
      assert.deepEqual(faults, []);
    });
  }

  it('row 20: what edits rich text and code is loaded where it is needed, and not before', async () => {
    const document = await editor.newPage('Loading', [
      { id: 'intro', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
      { id: 'words', type: 'text', fields: { text: '<p>Slow water.</p>' } },
      { id: 'code', type: 'markdown', fields: { text: '# Fast water' } },
    ]);
    const scripts: string[] = [];
    editor.ann.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    const tab = await editor.edit(document);
    const count = async (name: RegExp, control: Locator) => {
      const before = scripts.length;
      await tab.row(name).click();
      await control.waitFor();
      return scripts.length - before;
    };
    const { form } = tab;
    assert.equal(await count(/Rivers/, form.locator('input#form-text')), 0);
    assert.ok((await count(/Slow water/, form.locator('.ProseMirror'))) > 0);
    assert.ok((await count(/Fast water/, form.locator('.cm-content'))) > 0);
    // Once is enough.
    assert.equal(await count(/Slow water/, form.locator('.ProseMirror')), 0);
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: what is loaded late takes the focus from nobody who pressed something else meanwhile', async () => {
    const { tab, page } = await editor.open('Late', []);
    const { promise: later, resolve: letThrough } = Promise.withResolvers<void>();
    await page.route('**/*', async (route) => {
      if (route.request().resourceType() === 'script') await later;
      await route.continue();
    });
    await tab.form.getByRole('button', { name: 'Add the first widget' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('Text');
    await page.keyboard.press('Enter');
    await tab.form.getByText('being loaded').waitFor();
    await tab.tool('Phone').click();
    letThrough();
    await tab.form.locator('.ProseMirror').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Phone');
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: where they cannot be loaded, the text itself is edited', async () => {
    const { document, tab } = await editor.open('Not loading', [
      { id: 'words', type: 'text', fields: { text: '<p>Slow water.</p>' } },
    ]);
    await tab.page.route('**/*', (route) =>
      route.request().resourceType() === 'script' ? route.abort() : route.continue(),
    );
    await tab.row(/Slow water/).click();
    await tab.form.getByText('This is the text as HTML.').waitFor();
    const area = tab.form.getByRole('textbox', { name: 'Text' });
    assert.equal(await shownIn(area), '<p>Slow water.</p>');
    await area.fill('<p>Fast water.</p>');
    await until(
      async () => (await editor.draft(document)).root.children[0]?.fields.text,
      (text) => text === '<p>Fast water.</p>',
    );
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: Tab is never caught: it goes through rich text and code as through any other field, both ways', async () => {
    const tab = await openForm(editor, { id: 'all', type: 'sampler' });
    const { page, form } = tab;
    await form.locator('#form-picture').focus();
    const stops = ['form-rich', 'form-markdown', 'form-source'] as const;
    const passed: string[] = [];
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let stop = 0; stop < 8; stop++) {
        await page.keyboard.press(key);
        passed.push(await page.evaluate(() => document.activeElement?.id ?? ''));
      }
    }
    for (const id of stops) assert.equal(passed.filter((each) => each === id).length, 2, passed.join(' '));
    // Nothing was written by it.
    for (const id of stops) assert.equal(await shownIn(form.locator(`#${id}`)), '', id);
    assert.deepEqual(tab.faults, []);
  });
});

/** Pastes markup into a text as a browser does: what it is also as plain text is there too. */
async function paste(text: Locator, html: string): Promise<void> {
  await text.evaluate((element, markup) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', markup);
    clipboardData.setData('text/plain', 'plain');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, html);
}
