import type { Node } from 'nunjucks/src/nodes.js';
import nodes from 'nunjucks/src/nodes.js';
import { CompressorError, type Place } from '../../../errors.ts';
import { DEEPEST_NESTING, type IsTaken } from '../../../offline/exploration.ts';
import { ReadLog, variableName } from '../../../offline/read-log.ts';
import { locatedError } from '../nunjucks-errors.ts';
import type { CompressorTemplate } from '../template.ts';
import { contains, nodesIn } from '../tree.ts';
import { ABSENT, Deferred } from './deferred.ts';
import { mayBeMacro } from './find-macro.ts';
import type { Machine, Spot } from './machine.ts';
import type { Run } from './run.ts';
import { Pending, type Signal } from './signals.ts';
import { changedVariables, restoreState, type ScopeState, saveState } from './state.ts';

/** A layout that a template extends. */
export interface Parent {
  readonly template: CompressorTemplate;
  readonly conditions: readonly IsTaken[];
  /** Whether its name is written in the template. */
  readonly isNamed: boolean;
}

/** Where exploring is. */
export interface Position extends Spot {
  /** Whether what is written here is thrown away: what a child template has outside its blocks. */
  readonly isDiscarded: boolean;
  /** The layouts that the template turned out to extend. */
  readonly parents: Parent[];
}

/** What exploring a template can do at a position: find values out now or later, and report. */
export class Exploration {
  readonly machine: Machine;
  readonly run: Run;

  constructor(machine: Machine, run: Run) {
    this.machine = machine;
    this.run = run;
  }

  /**
   * Does something with the engine again and again until nothing has to be waited for. What it changed before is undone.
   *
   * @throws ItemNeeded, or whatever the engine throws
   */
  async evaluate<T>(spot: Spot, step: () => T): Promise<Awaited<T>> {
    const before = saveState(spot);
    for (let time = 0; time < MOST_WAITS; time += 1) {
      this.run.takeSignal();
      let failure: unknown;
      let signal: Signal | undefined;
      try {
        const value = await step();
        signal = this.run.takeSignal();
        if (signal === undefined) return value;
      } catch (error) {
        signal = this.run.takeSignal();
        failure = error;
      }
      if (!(signal instanceof Pending)) throw signal ?? failure;
      restoreState(spot, before);
      await signal.promise;
    }
    throw new Error('a value is never known, because each time it is asked for it takes time again');
  }

  /**
   * A value that decides where the run goes.
   *
   * @param lacking says what hangs on a variable; if the context lacks it, that is reported
   */
  async decide(node: Node, position: Position, lacking?: (name: string) => string): Promise<unknown> {
    const { run } = this;
    const reads = new ReadLog();
    try {
      return await run.with({ reads }, () =>
        this.evaluate(position, () => this.machine.value(run, node, position)),
      );
    } finally {
      run.allReads.addAll(reads);
      const missing = [...reads].find(({ isMissing }) => isMissing);
      if (missing !== undefined && lacking !== undefined) {
        const message = `${lacking(variableName(missing))}, which the context lacks`;
        this.fail(new CompressorError('variable-missing', { message, place: missing.place }));
      }
    }
  }

  /** The value of a condition as it is now, to be found out after the run went on. */
  peek(node: Node, position: Position, state = saveState(position)): () => Promise<unknown> {
    const { run } = this;
    for (const one of nodesIn(node)) if (one instanceof nodes.Symbol) run.names.add(one.value);
    return () =>
      run.with({ reads: new ReadLog(), names: new Set() }, async () => {
        const now = saveState(position);
        try {
          return await this.evaluate(position, () => {
            restoreState(position, state);
            return this.machine.value(run, node, position);
          });
        } finally {
          restoreState(position, now);
        }
      });
  }

  /** A stand-in for a value: when a block needs it, it is found out with the variables that are there now. */
  later(node: Node, position: Position, state = saveState(position)): unknown {
    if (node instanceof nodes.Literal) return node.value;
    const find = this.#aside(position, state, () => this.machine.value(this.run, node, position));
    return new Deferred(find, mayBeMacro(node, position));
  }

  /**
   * Gives the variables that changed since a state stand-ins: when a block needs one of them, the tag really runs where it
   * stood.
   */
  assignLater(node: Node, position: Position, before: ScopeState): void {
    const changed = changedVariables(before);
    if (changed.length === 0) return;
    const find = this.#aside(position, before, () => {
      const done: unknown = this.machine.tag(this.run, node, position);
      if (done instanceof Promise) return done;
      return changed.map(({ holder, name }) =>
        Object.hasOwn(holder.variables, name) ? holder.variables[name] : ABSENT,
      );
    });
    restoreState(position, before);
    for (const [index, { holder, name }] of changed.entries()) {
      const value = () => {
        const values = find();
        return Array.isArray(values) ? values[index] : undefined;
      };
      holder.variables[name] = new Deferred(
        value,
        contains(node, (one) => one instanceof nodes.Macro),
      );
    }
  }

  /** Finds something out once, with the variables of an earlier state, outside of the block that needs it. */
  #aside(position: Position, state: ScopeState, find: () => unknown): () => unknown {
    const { run } = this;
    let done: { readonly value: unknown; readonly reads: ReadLog } | undefined;
    return () => {
      done ??= run.page.outside(() => {
        const now = saveState(position);
        const reads = new ReadLog();
        restoreState(position, state);
        try {
          const value = run.withNow({ reads }, () => run.wait(find, find));
          return { value, reads };
        } finally {
          restoreState(position, now);
        }
      });
      run.reads.addAll(done.reads);
      return done.value;
    };
  }

  /** Runs a template, a block or a macro. In what shows itself again, conditions are evaluated. */
  nested<T>(what: string, step: () => Promise<T>): Promise<T> {
    const { active, isConcrete } = this.run;
    if (active.length > DEEPEST_NESTING)
      throw new Error(`templates are nested more than ${DEEPEST_NESTING} levels deep`);
    const changes = { active: [...active, what], isConcrete: isConcrete || active.includes(what) };
    return this.run.with(changes, step);
  }

  /** Reports what went wrong where the run is, and lets it go on. */
  fail(error: unknown, block?: Place): void {
    const { run } = this;
    run.visitor.failed({ error: locatedError(error, run.place), block, isTaken: run.isTaken });
  }

  /** Runs something that a page may not show. */
  maybe<T>(step: () => Promise<T>, isSure = false): Promise<T> {
    return this.run.with({ isShown: this.run.isShown && isSure }, step);
  }

  /** Runs something that a real rendering comes to only under a condition. */
  under<T>(conditions: readonly IsTaken[], step: () => Promise<T>): Promise<T> {
    return this.run.with({ conditions: [...this.run.conditions, ...conditions] }, step);
  }
}

/** A value may have to wait for so many others at most. */
const MOST_WAITS = 10_000;
