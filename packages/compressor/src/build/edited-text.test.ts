import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditedText, LineIndex } from './edited-text.ts';

test('places after, before and in replacements lead back', () => {
  const original = 'ab CUT cd\nef CUT gh CUT ij\nkl';
  const edits = [
    { start: 3, end: 6, text: 'longer than it' },
    { start: 13, end: 16, text: '' },
    { start: 20, end: 23, text: '12\n34' },
  ];
  const edited = new EditedText(original, edits);
  assert.equal(edited.text, 'ab longer than it cd\nef  gh 12\n34 ij\nkl');
  const cases: readonly (readonly [marked: string, line: number, column: number])[] = [
    ['ab', 1, 1],
    ['longer', 1, 4],
    ['cd', 1, 8],
    ['ef', 2, 1],
    ['gh', 2, 8],
    ['ij', 2, 15],
    ['kl', 3, 1],
  ];
  const index = new LineIndex(edited.text);
  for (const [marked, line, column] of cases) {
    const position = index.positionOf(edited.text.indexOf(marked));
    assert.deepEqual(edited.originOf(position), { line, column }, marked);
  }
});

test('a text without edits is itself', () => {
  const edited = new EditedText('a\nb', []);
  assert.equal(edited.text, 'a\nb');
  assert.deepEqual(edited.originOf({ line: 2, column: 1 }), { line: 2, column: 1 });
});

test('lines and offsets are the reverse of each other', () => {
  const text = 'ä😀\n\n\r\nlast';
  const index = new LineIndex(text);
  for (let offset = 0; offset <= text.length; offset += 1) {
    assert.equal(index.offsetOf(index.positionOf(offset)), offset);
  }
  assert.equal(index.offsetOf({ line: 99, column: 5 }), text.length);
});
