import { CONTENT, openEditor, openEditorSite } from './editor-fixture.ts';

const editor = await openEditorSite();
const race = (p, name) =>
  Promise.race([
    p.then((v) => console.log(name, 'ok', v)),
    new Promise((r) =>
      setTimeout(() => {
        console.log(name, 'HANGS');
        r();
      }, 4000),
    ),
  ]);
try {
  const ann = await editor.person('Ann');
  const document = await editor.newPage('Boats for hire', CONTENT);
  for (const emulate of [false, true]) {
    const tab = await openEditor(editor, ann, document);
    if (emulate) {
      await tab.page.emulateMedia({ colorScheme: 'light' });
      await tab.page.setViewportSize({ width: 1440, height: 900 });
      await tab.page.reload();
      await tab.preview.getByText('Banks').waitFor();
    }
    await tab.preview.getByRole('heading', { name: emulate ? 'Banks' : 'Banks' }).click();
    await tab.page.locator('.box.selected .box-grip').waitFor();
    await tab.page.waitForTimeout(500);
    const g = await tab.page.locator('.box.selected .box-grip').boundingBox();
    const d = await ann.newCDPSession(tab.page);
    await d.send('Debugger.enable');
    d.on('Debugger.paused', (e) => {
      for (const f of e.callFrames.slice(0, 12))
        console.log('  at', f.functionName, f.url.slice(-30), f.location.lineNumber, f.location.columnNumber);
    });
    await race(tab.page.mouse.move(g.x + 10, g.y + 10), 'move1');
    await race(tab.page.mouse.down(), 'down');
    await race(tab.page.mouse.move(g.x + 30, g.y + 30), 'move2');
    await race(
      tab.page.evaluate(() => window.document.querySelector('.overlay').dataset.dragging),
      'eval',
    );
    await race(d.send('Debugger.pause'), 'pause');
    await race(tab.page.mouse.move(g.x + 60, g.y + 60), 'move3');
    await race(tab.page.screenshot({ path: '/tmp/ed/p-dbg.png' }), 'shot');
    await race(d.send('Debugger.resume'), 'resume').catch(() => {});
    tab.page.close().catch(() => {});
  }
} finally {
  setTimeout(() => process.exit(), 3000);
}
