import type { Place } from '../../../errors.ts';
import type { ExplorationVisitor, IsTaken } from '../../../offline/exploration.ts';
import { isPromise } from '../../../offline/lazy-values.ts';
import type { OfflineContext } from '../../../offline/offline-context.ts';
import { ReadLog } from '../../../offline/read-log.ts';
import type { TemplateBlock } from '../../../render/block-renderer.ts';
import { RequestValues } from '../../../render/request-values.ts';
import { PageTags } from '../../placeholder/page-tags.ts';
import { ItemNeeded, Pending, type Signal } from './signals.ts';

/** A loop being run to explore what is in it. */
export interface Loop {
  /** Whether something in it needs the item of a loop that was only looked into. */
  isItemNeeded: boolean;
}

type Settled = { readonly value: unknown } | { readonly error: unknown };

/** One exploration of a template with a context, and where it stands. Everything in it happens one after the other. */
export class Run {
  readonly context: OfflineContext;
  readonly visitor: ExplorationVisitor;
  readonly page: PageTags;
  /** All variables read in this run. */
  readonly allReads = new ReadLog();
  /** The variables read for what is being done. */
  reads = new ReadLog();
  varying: { readonly place: Place; readonly what: string }[] = [];
  /** The names that blocks, and conditions around them, have read since a loop began. */
  names = new Set<string>();
  /** How many blocks the run came to. */
  blocks = 0;
  /** Where the run is. */
  place: Place;
  /** Under which conditions the run came here. */
  conditions: readonly IsTaken[] = [];
  /** Whether nothing but conditions could keep a page from showing what is here. */
  isShown = true;
  /** The templates and macros being run, outermost first. */
  active: readonly string[] = [];
  /** Whether conditions are evaluated, as in a real rendering: in what includes or calls itself. */
  isConcrete = false;
  /** The block that was rendered last. */
  rendered: TemplateBlock | undefined;
  /** The value that was found last. */
  given: unknown;
  #signal: Signal | undefined;
  readonly #settled = new Map<unknown, Settled>();

  constructor(
    template: string,
    context: OfflineContext,
    visitor: ExplorationVisitor,
    plainUrl: (name: string) => string,
  ) {
    this.context = context;
    this.visitor = visitor;
    this.place = { file: template, line: 1, column: 1 };
    const handlers = {
      compress: () => '',
      kinds: [],
      staticUrl: plainUrl,
      plainUrl,
      developmentTag: undefined,
    };
    this.page = new PageTags(handlers, RequestValues.none, (block) => {
      this.rendered = block;
    });
  }

  /** Notes that what is being done gives something else each time. */
  vary(what: string): void {
    this.varying.push({ place: this.place, what });
  }

  /** Runs something with parts of the state changed, and changes them back. */
  async with<T>(changes: Partial<Changeable>, step: () => Promise<T>): Promise<T> {
    const before = this.#change(changes);
    try {
      return await step();
    } finally {
      Object.assign(this, before);
    }
  }

  /** The same for what takes no time. */
  withNow<T>(changes: Partial<Changeable>, step: () => T): T {
    const before = this.#change(changes);
    try {
      return step();
    } finally {
      Object.assign(this, before);
    }
  }

  /** Whether a real rendering comes where the run is now. What cannot be found out may be so. */
  get isTaken(): IsTaken {
    const { conditions } = this;
    return async () => {
      for (const isTaken of conditions) if (!(await isTaken().catch(() => true))) return false;
      return true;
    };
  }

  /** Whether every page of the template comes where the run is now. */
  get isCertain(): boolean {
    return this.isShown && !this.isConcrete && this.conditions.length === 0;
  }

  /**
   * A value, or what a promise of it gives once it was waited for.
   *
   * @param key tells the value from others
   * @param find gives the value, unless it was waited for
   * @throws Pending if it has to be waited for; whoever catches that does all again
   */
  wait(key: unknown, find: () => unknown): unknown {
    const known = this.#settled.get(key);
    if (known !== undefined) {
      if ('error' in known) throw known.error;
      return known.value;
    }
    const value = find();
    if (!isPromise(value)) return value;
    const settled = Promise.resolve(value).then(
      (result) => void this.#settled.set(key, { value: result }),
      (error) => void this.#settled.set(key, { error }),
    );
    throw this.#raise(new Pending(settled));
  }

  /** What was thrown through the engine since this was asked last; a site's own code may have caught it. */
  takeSignal(): Signal | undefined {
    const signal = this.#signal;
    this.#signal = undefined;
    return signal;
  }

  /** Ends what is being done, because it needs an item. */
  needItem(loop: Loop): never {
    loop.isItemNeeded = true;
    throw this.#raise(new ItemNeeded());
  }

  #raise(signal: Signal): Signal {
    this.#signal = signal;
    return signal;
  }

  #change(changes: Partial<Changeable>): Partial<Changeable> {
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, Reflect.get(this, key)]));
    Object.assign(this, changes);
    return before;
  }
}

type Changeable = Pick<
  Run,
  'reads' | 'varying' | 'names' | 'place' | 'conditions' | 'isShown' | 'active' | 'isConcrete'
>;
