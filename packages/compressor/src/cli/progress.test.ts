import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Progress } from '../offline/analyse.ts';
import { createProgress } from './progress.ts';

const steps: readonly Progress[] = [
  { step: 'exploring', done: 0, total: 2, what: 'a.liquid' },
  { step: 'exploring', done: 1, total: 2, what: 'b.liquid' },
  { step: 'building', done: 1, total: 1, what: 'site' },
];

describe('progress', () => {
  it('is one line that changes on a terminal, cut to its width', () => {
    const written: string[] = [];
    let time = 0;
    const stream = { isTTY: true, columns: 30, write: (text: string) => written.push(text) };
    const progress = createProgress(stream, false, () => time);
    for (const step of steps) {
      progress.show(step);
      time += 40;
    }
    progress.end();
    assert.deepEqual(written, [
      '\r\u001b[2Kexploring 0 of 2 · 0 ms · a.l',
      '\r\u001b[2Kbuilding 1 of 1 · 80 ms · sit',
      '\r\u001b[2K',
    ]);
  });

  it('is one line for each step elsewhere, or for each thing if asked', () => {
    const plain = (isVerbose: boolean) => {
      const written: string[] = [];
      const progress = createProgress({ write: (text: string) => written.push(text) }, isVerbose);
      for (const step of steps) progress.show(step);
      progress.end();
      return written.join('');
    };
    assert.equal(plain(false), 'exploring 2 templates\nbuilding 1 bundle\n');
    assert.equal(plain(true), 'exploring 2 templates\n  a.liquid\n  b.liquid\nbuilding 1 bundle\n  site\n');
  });
});
