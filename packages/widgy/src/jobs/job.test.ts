import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCode } from '../database/contract/fixtures.ts';
import { checkJobs, type Job } from './job.ts';

describe('jobs', () => {
  const job = (own: Partial<Job> = {}): Job => ({ name: 'a.b', every: 1, run: async () => {}, ...own });
  const wrong: readonly [what: string, jobs: readonly Job[]][] = [
    ['without a name', [job({ name: '' })]],
    ['with a name of other characters', [job({ name: 'a b' })]],
    ['with a long name', [job({ name: 'x'.repeat(129) })]],
    ['that are always due', [job({ every: 0 })]],
    ['that are due now and then', [job({ every: Number.NaN })]],
    ['with one name', [job(), job({ name: 'c' }), job()]],
  ];
  for (const [what, jobs] of wrong) {
    it(`${what} are refused`, () => assert.throws(() => checkJobs(jobs), withCode('job-invalid')));
  }

  it('that are right are taken', () => checkJobs([job(), job({ name: 'x'.repeat(128) })]));
});
