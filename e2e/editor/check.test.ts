import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCheckMessage } from '../../packages/widgy/src/editor/check/check-message.ts';
import { observe } from '../browser.ts';
import { editorSuite } from './editor-suite.ts';

describe('the check of a preview', () => {
  const editor = editorSuite();

  it('tells the page around it what keeps people from using the draft, and in which widget and field', async () => {
    const document = await editor.newPage('Faults', [
      { id: 'fine', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
      { id: 'link', type: 'text', fields: { text: '<p>Go <a href="/boats"></a>there.</p>' } },
      { id: 'picture', type: 'html', fields: { markup: '<p>A</p><img src="/gone.png">' } },
    ]);
    const page = await editor.ann.newPage();
    await page.goto(`${editor.site.url}/admin/documents/${document}/content`);
    const observed = observe(page);
    const data = await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          const frame = window.document.createElement('iframe');
          frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
          frame.width = '1280';
          window.addEventListener('message', ({ source, origin, data: posted }) => {
            if (source === frame.contentWindow && origin === window.location.origin) resolve(posted);
          });
          frame.src = src;
          window.document.body.append(frame);
        }),
      `/admin/documents/${document}/preview/check`,
    );
    const message = readCheckMessage(data);
    assert.ok(message !== undefined && 'findings' in message, JSON.stringify(data));
    const found = message.findings.flatMap(({ rule, nodes }) =>
      nodes.map(({ widget, field }) => ({ rule, widget, field })),
    );
    assert.deepEqual(
      found.filter(({ widget }) => widget !== null),
      [
        { rule: 'image-alt', widget: 'picture', field: undefined },
        { rule: 'link-name', widget: 'link', field: 'text' },
      ],
      JSON.stringify(message.findings),
    );
    for (const { impact, help, helpUrl, nodes } of message.findings) {
      assert.ok(impact !== null && help !== '');
      assert.match(helpUrl, /^https:\/\/dequeuniversity\.com\//);
      for (const { target, summary } of nodes) assert.ok(target !== '' && summary !== '');
    }
    // Nothing else was tried that the policy would have to refuse. Chromium warns of the frame, whose page has a policy of its own.
    const isExpected = (line: string) => line.includes('404') || line.includes('can escape its sandboxing');
    assert.deepEqual(
      observed.console.filter((line) => !isExpected(line)),
      [],
    );
  });
});
