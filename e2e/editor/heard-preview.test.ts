import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CONTENT } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';

/** What runs where nothing is against it, whichever way. */
const HOSTILE = `
  <p id="handler" onclick="parent.ran = 'handler'">x</p>
  <a id="address" href="javascript:void (parent.ran = 'address')">x</a>
  <iframe srcdoc="<script>top.ran = 'inner'</script>"></iframe>
  <img id="gone" src="/gone.png" alt="" onerror="parent.ran = 'gone'">`;

describe('a preview in a frame that may run scripts, as WebKit needs one', () => {
  const editor = editorSuite();

  for (const { what, runs } of [
    { what: 'runs nothing', runs: false },
    { what: 'would run what is hostile if its policy were passed over', runs: true },
  ])
    it(`row 1: is heard by the window around it, and ${what}`, async () => {
      const document = await editor.newPage('Hostile', CONTENT);
      const context = await editor.person('Ann', { bypassCSP: runs });
      const page = await context.newPage();
      const base = `${editor.site.url}/admin/documents/${document}`;
      await page.goto(`${base}/content`);
      const { heard, ran } = await page.evaluate(
        async ({ src, hostile }) => {
          const frame = window.document.createElement('iframe');
          frame.setAttribute('sandbox', 'allow-scripts allow-same-origin');
          frame.src = src;
          const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
          window.document.body.append(frame);
          await loaded;
          const shown = frame.contentDocument;
          const clicked: string[] = [];
          shown?.addEventListener('click', ({ target }) => {
            if (target !== null && 'id' in target) clicked.push(String(target.id));
          });
          shown?.body.insertAdjacentHTML('beforeend', hostile);
          const script = shown?.createElement('script') ?? window.document.createElement('script');
          script.textContent = `parent.ran = 'script'`;
          shown?.body.append(script);
          const image = shown?.getElementById('gone');
          const failed = new Promise((resolve) => image?.addEventListener('error', resolve));
          for (const id of ['handler', 'address']) shown?.getElementById(id)?.click();
          await failed;
          return { heard: clicked, ran: 'ran' in window };
        },
        { src: `${base}/preview?heard=yes`, hostile: HOSTILE },
      );
      assert.deepEqual(heard, ['handler', 'address']);
      assert.equal(ran, runs);
    });
});
