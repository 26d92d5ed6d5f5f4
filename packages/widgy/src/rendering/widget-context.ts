import { Context, type Liquid } from 'liquidjs';
import { WidgetProblem } from './failure.ts';
import type { Frame } from './frame.ts';
import { markupOf } from './markup.ts';

/** What the templates of one widget are rendered in, its partials too. */
export class WidgetContext extends Context {
  readonly frame: Frame;
  readonly #engine: Liquid;
  /** Lists of templates being run inside one another, in all contexts of the widget. */
  readonly #nesting: { depth: number };

  /** @param own the variables of the widget itself; those of the page are its globals */
  constructor(frame: Frame, own: object, engine: Liquid, outer?: WidgetContext) {
    const { page, time } = frame;
    super(
      own,
      engine.options,
      { globals: page.variables, ownPropertyOnly: true, memoryLimit: page.limits.widgetMemory },
      {
        liquid: engine,
        // Tags tell by its limiter which page something belongs to.
        renderLimit: page.renderLimit,
        ...(outer === undefined ? {} : { memoryLimit: outer.memoryLimit }),
      },
    );
    this.frame = frame;
    this.#engine = engine;
    this.#nesting = outer === undefined ? { depth: 0 } : outer.#nesting;
    time.check();
  }

  /** Notes that a list of templates is begun. @throws TooSlow, WidgetProblem `too-deep` */
  enter(): void {
    const { page, time } = this.frame;
    time.check();
    this.#nesting.depth += 1;
    if (this.#nesting.depth > page.limits.nesting) {
      const message = `more than ${page.limits.nesting} partials and blocks stand inside one another`;
      throw new WidgetProblem('too-deep', message);
    }
  }

  /** Notes that it is done. One that fails ends the widget, so nobody notes that. */
  leave(): void {
    this.#nesting.depth -= 1;
  }

  override spawn(scope: object = {}): Context {
    return new WidgetContext(this.frame, scope, this.#engine, this);
  }

  /** What a layout has in a block is markup that was printed already. */
  override *_get(paths: Parameters<Context['_get']>[0]): IterableIterator<unknown> {
    const value: unknown = yield* super._get(paths);
    const isParentBlock = paths.length === 2 && paths[0] === 'block' && paths[1] === 'super';
    return isParentBlock && typeof value === 'string' ? markupOf(value) : value;
  }
}
