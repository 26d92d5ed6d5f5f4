import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Editor } from './command.ts';
import { sessionOf } from './commands-fixture.ts';
import { COMMANDS, possibleCommands, runKey } from './registry.ts';
import type { KeyPlace, PressedKey } from './shortcuts.ts';

function editorOf(outline: string, options: Parameters<typeof sessionOf>[1] = {}) {
  const session = sessionOf(outline, options);
  const went: string[] = [];
  const host: Editor['host'] = {
    ...{ origin: '', clipboard: undefined, search: async () => undefined, pane: () => 'page' },
    go: (url) => went.push(url),
    focus: (pane) => went.push(pane),
  };
  const editor: Editor = { session, surface: session.surface, host };
  const run = (id: string) => {
    const command = COMMANDS.find((each) => each.id === id) ?? assert.fail(id);
    assert.ok(command.canRun(editor), id);
    command.run(editor);
  };
  return { ...{ editor, session, went, run }, ids: () => possibleCommands(editor).map(({ id }) => id) };
}

const ofSelection = (ids: readonly string[]) =>
  ids.filter((id) => /^(?:add|dup|rem|unw|mov|wrap|copy|cut|paste|select)/.test(id));

describe('what can be done', () => {
  it('depends on what is selected', () => {
    const page = 'page/page(a/text x(b/text c/text) show/slideshow(s/slide) banner/banner)';
    const cases: readonly [selected: readonly string[], commands: string][] = [
      [[], 'add paste'],
      [['page'], 'add add-inside copy paste select-none'],
      [
        ['a'],
        'add add-before add-after duplicate remove select-parent move-up move-down move-out move-in move-to copy cut paste select-none wrap-box wrap-form',
      ],
      [
        ['x'],
        'add add-before add-after add-inside duplicate remove unwrap select-parent move-up move-down move-out move-in move-to copy cut paste select-none wrap-box wrap-form',
      ],
      [
        ['b', 'c'],
        'add add-before add-after duplicate remove select-parent move-up move-down move-out move-in move-to copy cut paste select-none wrap-box wrap-form',
      ],
    ];
    for (const [selected, commands] of cases)
      assert.equal(ofSelection(editorOf(page, { selected }).ids()).join(' '), commands, selected.join());
  });

  it('is nothing that changes a draft for who may not', () => {
    const { ids } = editorOf('page/page(x(b/text))', {
      selected: ['x'],
      data: { mayEdit: false, mayPublish: false },
    });
    assert.deepEqual(ofSelection(ids()), ['select-parent', 'copy', 'select-none']);
    assert.equal(ids().includes('publish'), false);
  });

  it('is done by running it', () => {
    const { run, session, went } = editorOf('page/page(a/text x(b/text))', { selected: ['x'] });
    const dialog = () => session.surface.dialog.value;
    run('add-before');
    assert.deepEqual(dialog(), { kind: 'add', at: { parent: 'page', slot: undefined, before: 'x' } });
    run('add-after');
    assert.deepEqual(dialog(), { kind: 'add', at: { parent: 'page', slot: undefined, before: undefined } });
    run('add-inside');
    assert.deepEqual(dialog(), { kind: 'add', at: { parent: 'x', slot: undefined } });
    run('find');
    assert.deepEqual(dialog(), { kind: 'find' });
    run('move-to');
    assert.deepEqual(dialog(), { kind: 'move', ids: ['x'] });
    run('move-up');
    assert.equal(session.outline(), 'page/page(x(b/text) a/text)');
    run('unwrap');
    assert.equal(session.outline(), 'page/page(b/text a/text)');
    run('width-phone');
    assert.equal(session.surface.width.value, 'phone');
    run('forms');
    run('next-region');
    assert.deepEqual(went, ['/content', 'form']);
    run('select-parent');
    assert.deepEqual(session.selection.value.ids, ['page']);
  });

  it('is offered for the nearest place that takes something', () => {
    const { run, session } = editorOf('page/page(show/slideshow(s/slide(t/text) u/slide(v/text)))', {
      selected: ['t'],
    });
    run('add');
    assert.deepEqual(session.surface.dialog.value, {
      ...{ kind: 'add', at: { parent: 'page', slot: undefined, before: undefined } },
    });
  });

  it('is done by a key, and no combination that means something is left to the browser', () => {
    const { editor, session } = editorOf('page/page(a/text)', { selected: ['a'] });
    const place = {
      ...{ isMac: false, isTyping: false, hasSelectedText: false, isOnWidget: true, isDialogOpen: false },
      isVersionShown: false,
    };
    const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    const none = { ...plain, isComposing: false, keyCode: 0 };
    const { moves, undo, selection } = session.words;
    const cases: readonly [
      key: Partial<PressedKey>,
      place: Partial<KeyPlace>,
      isTaken: boolean,
      announced: string,
      outline: string,
    ][] = [
      [{ key: 'z', ctrlKey: true }, {}, true, undo.nothingToUndo, 'page/page(a/text)'],
      [{ key: 'z', ctrlKey: true }, { isTyping: true }, false, '', 'page/page(a/text)'],
      [{ key: 'ArrowLeft', altKey: true }, {}, true, moves.cannotOut({ what: 'Text' }), 'page/page(a/text)'],
      [{ key: 'ArrowLeft', altKey: true }, { isTyping: true }, false, '', 'page/page(a/text)'],
      [{ key: 'Delete' }, { isTyping: true }, false, '', 'page/page(a/text)'],
      [{ key: 'Delete' }, {}, true, moves.removed({ what: 'Text' }), 'page/page'],
      // The page itself is selected then.
      [{ key: 'ArrowLeft', altKey: true }, {}, true, moves.cannotOut({ what: 'Page' }), 'page/page'],
      [{ key: 'd', ctrlKey: true }, {}, true, '', 'page/page'],
      [{ key: 'Delete' }, {}, false, '', 'page/page'],
    ];
    for (const [key, where, isTaken, announced, outline] of cases) {
      session.announcement.value = '';
      const pressed = { key: '', ...none, ...key };
      const name = JSON.stringify([key, where]);
      assert.equal(runKey(editor, pressed, { ...place, ...where }), isTaken, name);
      assert.equal(session.announcement.value, announced, name);
      assert.equal(session.outline(), outline, name);
    }
    session.selection.value = { ids: [], anchor: undefined };
    assert.equal(runKey(editor, { ...none, key: 'ArrowRight', altKey: true }, place), true);
    assert.equal(session.announcement.value, selection.none);
  });
});
