import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costsOf } from '../../packages/widgy/src/editor/costs/read-costs.ts';
import { en } from '../../packages/widgy/src/editor/words/en/index.ts';
import { editorSuite } from './editor-suite.ts';
import { looksNow } from './looks.ts';
import { CHANGES, change } from './versions-fixture.ts';

describe('what is told of a page beside it', () => {
  const editor = editorSuite();

  it('B17: says what the page and each widget cost, and leads to the most expensive', async () => {
    const { document, tab } = await editor.open('Tolls');
    const answer = await editor.ann.request.get(`${editor.site.url}/admin/documents/${document}/costs`);
    const costs = costsOf(await answer.json());
    assert.ok(costs?.types.heading?.style, 'headings have a style');
    await tab.tool('What this costs').click();
    const panel = tab.page.getByRole('region', { name: 'What this costs' });
    const whole = panel.getByRole('region', { name: 'The whole page' });
    const styles = Object.values(costs.types).reduce((sum, { style }) => sum + (style ?? 0), 0);
    await whole.getByText(en.formats.bytes(styles), { exact: true }).waitFor();
    assert.match((await whole.textContent()) ?? '', /Rendering\s*[\d.]+ ms/);
    const most = panel.getByRole('region', { name: 'The most expensive widgets' });
    await most.getByText('Heading: loaded once for 2 widgets').waitFor();
    assert.equal(await most.getByRole('button').count(), 7);
    await most.getByRole('button', { name: 'Heading: Banks' }).click();
    await tab.selected(/Banks/).waitFor({ state: 'attached' });
    const one = panel.getByRole('region', { name: 'What Heading: Banks costs' });
    await one.getByText(en.formats.bytes(costs.types.heading.style), { exact: true }).waitFor();
    // The same stands below its form.
    await tab.form
      .locator('.widget-cost', { hasText: en.formats.bytes(costs.types.heading.style) })
      .waitFor();
    assert.deepEqual(await looksNow(tab.page), []);
    // Somebody else adds to it.
    await change(editor, document, CHANGES);
    await most.getByText('Heading: loaded once for 3 widgets').waitFor();
    await most.getByRole('button', { name: 'Heading: Fords' }).waitFor();
    await panel.getByRole('heading', { name: 'What this costs' }).press('Escape');
    await panel.waitFor({ state: 'detached' });
    await tab.tool('What this costs').and(tab.page.locator(':focus')).waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 26: lists the headings as they are read, with what is skipped, and leads to each', async () => {
    const { tab } = await editor.open('Fords', [
      { id: 'a', type: 'heading', fields: { text: 'Depth', level: 'h2' } },
      { id: 'b', type: 'heading', fields: { text: 'After rain', level: 'h4' } },
      { id: 'c', type: 'html', fields: { markup: '<h3>Signs</h3>' } },
    ]);
    await tab.page.getByRole('button', { name: 'Reading mode' }).click();
    const reading = tab.page.getByRole('region', { name: 'Reading mode' });
    const lines = await reading.getByRole('listitem').allInnerTexts();
    const own = lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => !/^1/.test(line));
    assert.deepEqual(own.slice(0, 3), [
      '2 Level 2: Depth',
      'Level 3 is skipped before this. 4 Level 4: After rain',
      '3 Level 3: Signs',
    ]);
    assert.deepEqual(await looksNow(tab.page), []);
    await reading.getByRole('button', { name: 'Signs' }).click();
    await reading.waitFor({ state: 'detached' });
    await tab.selected(/HTML/).waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 33: checks the draft as visitors get it, and leads to the widget and the field of what it found', async () => {
    const { document, tab } = await editor.open('Slips', [
      { id: 'fine', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
      { id: 'link', type: 'text', fields: { text: '<p>Go <a href="/boats"></a>there.</p>' } },
      { id: 'picture', type: 'html', fields: { markup: '<p>A</p><img src="/gone.png">' } },
    ]);
    await tab.tool('Accessibility').click();
    const panel = tab.page.getByRole('region', { name: 'Accessibility' });
    const findings = panel.locator('.finding');
    await findings.first().waitFor();
    const found = (await findings.allInnerTexts()).join('\n');
    assert.match(found, /Critical[\s\S]*Open HTML[\s\S]*Serious[\s\S]*Open Text of Text/);
    assert.deepEqual(await looksNow(tab.page), []);
    await findings.getByRole('button', { name: /^Open HTML/ }).click();
    await tab.form.getByRole('heading', { name: 'HTML' }).waitFor();
    await findings.getByRole('button', { name: /^Open Text of Text/ }).click();
    // What it needs is loaded first.
    await tab.form.locator('[contenteditable="true"]:focus').waitFor();
    await tab.form.getByRole('heading', { name: 'Text' }).waitFor();
    await change(editor, document, [
      { kind: 'remove', id: 'picture' },
      { kind: 'set', id: 'link', fields: { text: '<p>Go there.</p>' }, unset: [] },
    ]);
    await panel.getByText('The page was changed since. Check it again.').waitFor();
    await panel.getByRole('button', { name: 'Check the page' }).click();
    await panel.getByText('The page was changed since. Check it again.').waitFor({ state: 'detached' });
    await panel.locator('.check-count').waitFor();
    assert.equal(await findings.getByRole('button', { name: /^Open/ }).count(), 0);
    assert.deepEqual(tab.faults, []);
  });
});
