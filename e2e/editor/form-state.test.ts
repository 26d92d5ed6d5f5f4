import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWidget } from 'widgy/tree';
import { withKeyboard } from '../person.ts';
import { CONTENT, pageCalled } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import { isKept } from './editor-tab.ts';
import { focused, openForm, press, select, shownIn } from './form-fixture.ts';
import { looksOf } from './looks.ts';
import { said } from './page-state.ts';
import { sampler } from './sampler/sampler.ts';
import { until } from './until.ts';

describe('the form, in each state', () => {
  const editor = editorSuite({ types: [sampler] });

  it('row 20: items of a list are added, moved, removed and put back by keyboard, and the focus stays with them', async () => {
    const tab = await openForm(editor, { id: 'all', type: 'sampler' });
    const { page, form, becomes } = tab;
    const stop = (name: string, minutes = 5) => ({ name, minutes });
    await form.getByRole('button', { name: 'Add to Stops' }).focus();
    for (const [name, at] of [
      ['Mill', 0],
      ['Lock', 1],
      ['Sea', 2],
    ] as const) {
      await page.keyboard.press('Enter');
      assert.equal((await focused(page)).id, `form-stops.${at}.name`);
      await said(page, `Added ${at + 1} to Stops`);
      await press(page, ['<Control+a>', name]);
      await withKeyboard(page).reach(form.getByRole('button', { name: 'Add to Stops' }));
    }
    await becomes('stops', [stop('Mill'), stop('Lock'), stop('Sea')]);

    const steps: readonly (readonly [
      press: string,
      focus: string,
      said: string,
      names: readonly string[],
    ])[] = [
      // At an end there is nowhere to go but back.
      ['Move 3 of Stops up', 'Move 2 of Stops up', 'Moved to 2 of 3 in Stops', ['Mill', 'Sea', 'Lock']],
      ['Move 2 of Stops up', 'Move 1 of Stops down', 'Moved to 1 of 3 in Stops', ['Sea', 'Mill', 'Lock']],
      ['Move 1 of Stops down', 'Move 2 of Stops down', 'Moved to 2 of 3 in Stops', ['Mill', 'Sea', 'Lock']],
      ['Remove 2 from Stops', 'Remove 2 from Stops', 'Removed 2 from Stops', ['Mill', 'Lock']],
      ['Remove 2 from Stops', 'Remove 1 from Stops', 'Removed 2 from Stops', ['Mill']],
      ['Remove 1 from Stops', 'Add to Stops', 'Removed 1 from Stops', []],
      ['Put it back', 'Name', 'Added 1 to Stops', ['Mill']],
    ];
    for (const [button, focus, text, names] of steps) {
      const pressed = form.getByRole('button', { name: button, exact: true });
      await pressed.focus();
      await page.keyboard.press('Enter');
      await becomes(
        'stops',
        names.map((name) => stop(name)),
      );
      await said(page, text);
      const now = await focused(page);
      assert.ok(now.name.includes(focus), `${button}: ${now.name}`);
    }
    for (let more = 1; more < 4; more++) await form.getByRole('button', { name: 'Add to Stops' }).click();
    // There is room for no more: the button goes, and the focus does not.
    await form.getByRole('button', { name: 'Add to Stops' }).waitFor({ state: 'detached' });
    assert.equal((await focused(page)).id, 'form-stops.3.name');
    await page.keyboard.press('Control+z');
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: a link is searched for, chosen and cleared by keyboard, and called by its name', async () => {
    const ids = new Map<string, string>();
    for (const title of ['Dinghy for one', 'Dinghy for two']) {
      const { id } = await pageCalled(editor, title);
      ids.set(title, id);
    }
    const tab = await openForm(editor, {
      id: 'press',
      type: 'button',
      fields: { text: 'Press', link: '' },
    });
    const { page, form, becomes } = tab;
    const hand = withKeyboard(page);
    await hand.use(form.getByRole('button', { name: /: Choose what to link to$/ }));
    const search = form.getByRole('combobox', { name: 'Link: Search pages' });
    await search.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('dinghy');
    const options = form.locator('.form-found').getByRole('option');
    await until(
      () => options.allTextContents(),
      (all) => all.length === 2 && all.every((text) => text.includes('Dinghy')),
    );
    const isTwoLast = (await options.last().textContent())?.includes('two') === true;
    await page.keyboard.press('ArrowDown');
    const title = isTwoLast ? 'Dinghy for two' : 'Dinghy for one';
    await page.keyboard.press('Enter');
    await becomes('link', `widgy:page/${ids.get(title)}`);
    await form.getByText(title).waitFor();
    const change = form.getByRole('button', { name: /: Choose what to link to$/ });
    await change.and(page.locator(':focus')).waitFor();
    await page.reload();
    await select(tab);
    await form.getByText(title).waitFor();
    // Escape closes the search and nothing else.
    await hand.use(change);
    await search.waitFor();
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
    await change.and(page.locator(':focus')).waitFor();
    await hand.use(form.getByRole('button', { name: /: Remove the link$/ }));
    await becomes('link', '');
    assert.notEqual((await focused(page)).id, '');
    assert.deepEqual(tab.faults, []);
  });

  it('row 19: what is typed in the form is on the page in the frame after the key', async () => {
    const { tab } = await editor.open('Mirror');
    const { page, form, preview } = tab;
    await tab.row(/Rivers/).click();
    const field = form.getByLabel('Text');
    await field.focus();
    await preview.getByRole('heading', { name: 'Rivers' }).waitFor();
    await page.evaluate(() => {
      const frame = window.document.querySelector<HTMLIFrameElement>('.preview-frame');
      const input = window.document.querySelector<HTMLInputElement>('#form-text');
      input?.addEventListener('input', () =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            const heading = frame?.contentDocument?.querySelector('[data-widgy-id="intro"]');
            window.document.body.dataset.mirror = `${input.value}=${heading?.textContent?.trim()}`;
          }),
        ),
      );
    });
    await press(page, ['<End>', ' & lakes']);
    await page.locator('body[data-mirror="Rivers & lakes=Rivers & lakes"]').waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: a widget of a type that the site does not have is shown, can be deleted and not edited, and keeps all it has', async () => {
    const document = await editor.newPage('Gone', CONTENT);
    const { root } = await editor.draft(document);
    const fields = { text: 'Kept <b>', many: [1, { two: null }] };
    const gone = createWidget({ id: 'gone', type: 'gone-type', slot: 'main', fields });
    await editor.putTree(document, createWidget({ ...root, children: [...root.children, gone] }));
    const tab = await editor.edit(document);
    const { form } = tab;
    await tab.row(/gone-type/).click();
    await form.getByText('The site has no type “gone-type” any more.').waitFor();
    assert.deepEqual(JSON.parse((await form.locator('pre').textContent()) ?? ''), fields);
    assert.equal(await form.locator('input, textarea, select, [contenteditable]').count(), 0);
    assert.deepEqual(await looksOf(tab.page), []);
    // What is done around it leaves it as it is.
    await tab.row(/Rivers/).click();
    await form.getByLabel('Text').fill('Lakes');
    await tab.row(/Slow water/).click();
    await tab.page.keyboard.press('Alt+ArrowUp');
    await tab.saved();
    const kept = (await editor.draft(document)).root.children.find(({ id }) => id === 'gone');
    assert.deepEqual(kept?.fields, fields);
    assert.match(await editor.draftText(document), /Lakes/);
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: several widgets show what they have in common, and get what is entered as one step', async () => {
    const document = await editor.newPage('Several', CONTENT);
    const before = await editor.draftText(document);
    const tab = await editor.edit(document);
    const { page, form } = tab;
    await tab.row(/Rivers/).click();
    await tab.row(/Banks/).click({ modifiers: ['ControlOrMeta'] });
    await form.getByRole('heading', { name: '2 widgets selected' }).waitFor();
    const text = form.locator('#form-text');
    const texts = async () => {
      const { root } = await editor.draft(document);
      return [root.children[0], root.children[2]?.children[0]].map((widget) => widget?.fields.text);
    };
    const become = (...wanted: readonly string[]) =>
      until(texts, (now) => JSON.stringify(now) === JSON.stringify(wanted));
    // Nothing stands for two different texts.
    assert.equal(await shownIn(text), '');
    await form.locator('.form-field:has(#form-text)').getByText('Not the same in all').waitFor();
    assert.deepEqual(await looksOf(page), []);
    await text.focus();
    await page.keyboard.type('Deltas');
    await become('Deltas', 'Deltas');
    await form.getByText('Not the same in all').nth(1).waitFor({ state: 'detached' });
    await form.getByRole('combobox', { name: /^Level/ }).selectOption('h4');
    await until(
      async () => (await editor.draftText(document)).match(/"level":"h4"/g)?.length,
      (count) => count === 2,
    );
    // What one of them cannot have, none gets.
    await text.fill('x'.repeat(201));
    await form.locator('#form-text-error').waitFor();
    assert.deepEqual(await texts(), ['Deltas', 'Deltas']);
    await text.fill('Deltas');
    await form.locator('#form-text-error').waitFor({ state: 'detached' });
    await tab.outline.getByRole('tree').focus();
    await page.keyboard.press('Control+z');
    await until(
      async () => (await editor.draftText(document)).includes('"level":"h4"'),
      (is) => !is,
    );
    await page.getByRole('button', { name: 'Undo editing Text of 2 widgets' }).click();
    await editor.becomes(document, before);
    await tab.saved();
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: without a connection typing goes on in fields of every kind, is told, and arrives later', async () => {
    const tab = await openForm(editor, {
      id: 'all',
      type: 'sampler',
      fields: { stops: [{ name: 'Mill' }] },
    });
    const { page, form, becomes } = tab;
    await form.locator('#form-cells').waitFor();
    await editor.ann.setOffline(true);
    const typed: readonly (readonly [control: string, keys: readonly string[]])[] = [
      ['#form-line', ['<Control+a>', 'Offline']],
      ['#form-rich', ['Written offline']],
      ['#form-markdown', ['# Offline']],
      ['#form-size', ['<ArrowDown>']],
      ['[id="form-stops.0.name"]', ['<Control+a>', 'Weir']],
      ['#form-cells', ['<Control+a>', 'a | b\nc | d']],
    ];
    for (const [control, keys] of typed) {
      await form.locator(control).focus();
      await press(page, keys);
    }
    await page.getByText('Offline, kept on this device').waitFor();
    // What only the server can read waits for it, and says so.
    await form.locator('#form-cells-error').getByText('This needs a connection.').waitFor();
    await form.getByRole('button', { name: 'Link: Choose what to link to' }).click();
    await form.getByText('This needs a connection. It keeps what it has.').first().waitFor();
    await isKept(page, 'Written offline');
    assert.equal((await tab.fields()).line, 'Oak');
    await editor.ann.setOffline(false);
    await becomes('line', 'Offline');
    await becomes('rich', '<p>Written offline</p>');
    await becomes('markdown', '# Offline');
    await becomes('size', 2);
    await becomes('stops', [{ name: 'Weir', minutes: 5 }]);
    await becomes('cells', [
      ['a', 'b'],
      ['c', 'd'],
    ]);
    await form.locator('.form-problems').waitFor({ state: 'detached' });
    assert.equal(await shownIn(form.locator('#form-cells')), 'a | b\nc | d');
    await tab.saved();
    assert.deepEqual(tab.faults, []);
  });

  it('row 20: what is typed and cannot be kept is told to whoever publishes, or leaves the page', async () => {
    const tab = await openForm(editor, { id: 'all', type: 'sampler' });
    const { page, form } = tab;
    await form.locator('#form-line').fill('');
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    assert.equal(question.type(), 'beforeunload');
    await question.dismiss();
    await tab.row(/^One column/).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).first().click();
    const window = page.getByRole('dialog');
    const told = window.getByRole('region', { name: /^One problem has to be mended/ });
    await told.getByRole('button', { name: /^Line of Sampler/ }).click();
    await form.locator('#form-line').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Larch');
    await tab.becomes('line', 'Larch');
    await page.getByRole('button', { name: 'Publish', exact: true }).first().click();
    await window.getByLabel('Note').waitFor();
    await until(
      () => told.count(),
      (count) => count === 0,
    );
    assert.deepEqual(tab.faults, []);
  });
});
