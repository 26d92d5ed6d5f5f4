import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MIN_SECRET_BYTES, widgyEnvironment } from '../config/index.ts';
import { GENERATION_MS, GENERATION_PAUSE_MS } from '../database/generation-reader.ts';
import { numberIn, tableRows } from '../testing/manual-table.ts';
import { readPage, runExample } from '../testing/run-example.ts';
import type { JobProblem } from './job.ts';
import * as limits from './limits.ts';

const path = 'docs/widgy-operation.md';
const page = await readPage(path);

describe('the manual of running a site', () => {
  it('has an example that prints what it says', async () => {
    const { printed } = await runExample(path);
    const [, expected] = /^It prints `(.*)`, once/m.exec(page) ?? [];
    assert.equal(printed, `${expected}\n`);
  });

  it('has all variables', () => {
    const names = tableRows(page, '| Variable | |').map(([name]) => name);
    assert.deepEqual(
      names,
      Object.keys(widgyEnvironment).map((name) => `\`${name}\``),
    );
  });

  it('has all problems of jobs', () => {
    const codes = {
      'job-failed': true,
      'lease-lost': true,
      'job-stuck': true,
      'jobs-unreachable': true,
    } satisfies Record<JobProblem['code'], true>;
    const [, part = ''] = page.split('`onProblem` is told');
    const told = tableRows(part, '| Code | |').map(([code]) => code);
    assert.deepEqual(
      told,
      Object.keys(codes).map((code) => `\`${code}\``),
    );
  });

  it('has the limits', () => {
    assert.deepEqual(
      tableRows(page, '| Limit of running | |').map(([, cell]) => numberIn(cell)),
      [
        MIN_SECRET_BYTES,
        limits.LEASE_MS,
        limits.RENEW_MS,
        limits.POLL_MS,
        limits.RETRY_MS,
        limits.FINISH_MS,
        limits.ABORT_MS,
        limits.MAX_JOB_NAME,
        GENERATION_MS,
        GENERATION_PAUSE_MS,
      ],
    );
  });
});
