import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DependencyGraph } from './dependency-graph.ts';

type Step =
  | { readonly type: 'set'; readonly unit: string; readonly files: readonly string[] }
  | { readonly type: 'delete'; readonly unit: string };

const UNITS = ['u1', 'u2', 'u3', 'u4'];
const FILES = ['f1', 'f2', 'f3', 'f4', 'f5'];

describe('DependencyGraph', () => {
  it('answers as a plain list of what each unit read would', () => {
    const step: fc.Arbitrary<Step> = fc.oneof(
      fc.record({
        type: fc.constant('set' as const),
        unit: fc.constantFrom(...UNITS),
        files: fc.array(fc.constantFrom(...FILES), { maxLength: 5 }),
      }),
      fc.record({ type: fc.constant('delete' as const), unit: fc.constantFrom(...UNITS) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.subarray(FILES), (steps, asked) => {
        const graph = new DependencyGraph();
        const model = new Map<string, Set<string>>();
        for (const step of steps) {
          if (step.type === 'set') {
            graph.set(step.unit, step.files);
            model.set(step.unit, new Set(step.files));
          } else {
            graph.delete(step.unit);
            model.delete(step.unit);
          }
        }
        for (const unit of UNITS) assert.deepEqual(graph.filesOf(unit), model.get(unit) ?? new Set());
        const readers = UNITS.filter((unit) => asked.some((file) => model.get(unit)?.has(file)));
        assert.deepEqual([...graph.unitsReading(asked)].sort(), readers);
      }),
      { numRuns: 500 },
    );
  });

  it('tells of a file when the first unit reads it', () => {
    const told: string[] = [];
    const graph = new DependencyGraph((file) => told.push(file));
    graph.set('u1', ['f1', 'f2', 'f1']);
    graph.set('u2', ['f2', 'f3']);
    assert.deepEqual(told, ['f1', 'f2', 'f3']);
  });
});
