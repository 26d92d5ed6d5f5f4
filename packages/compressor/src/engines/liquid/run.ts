import type { Template, Token } from 'liquidjs';
import type { Place } from '../../errors.ts';
import type { ExplorationVisitor, IsTaken } from '../../offline/exploration.ts';
import type { OfflineContext } from '../../offline/offline-context.ts';
import { ReadLog } from '../../offline/read-log.ts';
import type { TemplateBlock } from '../../render/block-renderer.ts';

/**
 * What running templates means at the moment.
 *
 * - `explore`: find blocks; nothing is written.
 * - `block`: render what is inside a block.
 * - `aside`: render something outside blocks because a block needs what it assigns.
 * - `select`: only find out which branch of a tag is taken.
 */
export type RunMode = 'explore' | 'block' | 'aside' | 'select';

/** A tag being run to explore what is in it. */
export interface Frame {
  /** Whether something in it needs the item of a loop that was only looked into. */
  isItemNeeded: boolean;
}

/** One exploration of a template with a context, and where it stands. Everything in it happens one after the other. */
export class Run {
  readonly template: string;
  readonly context: OfflineContext;
  readonly visitor: ExplorationVisitor;
  mode: RunMode = 'explore';
  /** Whether a variable that is read outside blocks gives its value instead of a stand-in for it. */
  isEager = false;
  /** Whether conditions are evaluated, as in a real rendering: in a template that includes itself. */
  isConcrete = false;
  /** Whether a name may be missing: it is only asked whether there is something. */
  isAsked = false;
  /** Whether what is read becomes a nonce. */
  isNonce = false;
  frame: Frame = { isItemNeeded: false };
  /** The variables read for what is being done. */
  reads = new ReadLog();
  /** What the run has come to. */
  token: Token | undefined;
  /** The list of templates that, rendered, give the name of a partial. */
  fileName: readonly Template[] | undefined;
  varying: { readonly place: Place; readonly what: string }[] = [];
  /** The block that was rendered last. */
  rendered: TemplateBlock | undefined;
  /** Under which conditions the run came here. */
  conditions: readonly IsTaken[] = [];
  /** Whether nothing but conditions could keep a page from showing what is here. */
  isShown = true;
  /** The templates being run, outermost first. */
  active: readonly (readonly Template[])[] = [];
  /** In the mode `select`: the lists of templates that were to be rendered. */
  selected: (readonly Template[])[] | undefined;
  /** How many blocks were reached so far, or would have been with more known. */
  reachedCount = 0;
  /** The templates that the run came through. */
  readonly files = new Set<string>();
  /** All variables read in this run. */
  readonly allReads = new ReadLog();

  readonly #placeOf: (token: Token) => Place;

  constructor(
    template: string,
    context: OfflineContext,
    visitor: ExplorationVisitor,
    placeOf: (token: Token) => Place,
  ) {
    this.template = template;
    this.context = context;
    this.visitor = visitor;
    this.#placeOf = placeOf;
  }

  /** Where the run is. */
  get place(): Place {
    return this.token === undefined ? { file: this.template, line: 1, column: 1 } : this.#placeOf(this.token);
  }

  /** Runs something with parts of the state changed, and changes them back. */
  *with<T>(
    changes: Partial<Changeable>,
    step: () => Generator<unknown, T, unknown>,
  ): Generator<unknown, T, unknown> {
    const before = pick(this, changes);
    Object.assign(this, changes);
    try {
      return yield* step();
    } finally {
      Object.assign(this, before);
    }
  }

  /** Whether a real rendering comes where the run is now. */
  get isTaken(): IsTaken {
    const { conditions } = this;
    return async () => {
      for (const isTaken of conditions) if (!(await isTaken())) return false;
      return true;
    };
  }

  /** Whether every page of the template comes where the run is now. */
  get isCertain(): boolean {
    return this.isShown && !this.isConcrete && this.conditions.length === 0;
  }
}

type Changeable = Pick<
  Run,
  | 'mode'
  | 'isEager'
  | 'isConcrete'
  | 'isAsked'
  | 'isNonce'
  | 'frame'
  | 'reads'
  | 'token'
  | 'fileName'
  | 'varying'
  | 'conditions'
  | 'isShown'
  | 'active'
  | 'selected'
>;

function pick(run: Run, changes: Partial<Changeable>): Partial<Changeable> {
  return Object.fromEntries(Object.keys(changes).map((key) => [key, Reflect.get(run, key)]));
}
