import {
  type Context,
  type Emitter,
  Hash,
  type Liquid,
  type Parser,
  RenderTag,
  Tag,
  type TagToken,
  Tokenizer,
  type TopLevelToken,
  Value,
} from 'liquidjs';
import type { Widget } from '../tree/widget.ts';
import type { Html } from '../widgets/fields/html.ts';
import type { Frame } from './frame.ts';
import { HtmlEmitter } from './html-emitter.ts';
import type { Steps } from './steps.ts';
import { WidgetContext } from './widget-context.ts';

type TagClass = Liquid['tags'][string];

/** What the tags do, given what they were given. */
export interface TagActions {
  /**
   * Renders one child of the widget whose template has the tag.
   *
   * @param isInMarkup whether what it shows stands where a browser expects markup
   */
  renderChild(frame: Frame, child: Widget, isInMarkup: boolean): Steps<Html>;
  /** Renders a tree that a page, or a widget, shows. */
  renderRoot(tree: unknown, variables: Readonly<Record<string, unknown>>, context: Context): Steps<Html>;
  /**
   * Runs all templates of widgets for an engine that is not the renderer's but made from it, such as the one that looks for blocks ahead
   * of time; undefined for the renderer's own.
   */
  explorer(engine: Liquid): ((context: Context, emitter: Emitter) => Steps<void>) | undefined;
  /** Whether a value stands for the widgets that nobody knows while templates are explored. */
  isAnyWidget(value: unknown): boolean;
}

/**
 * Registers the tags of Widgy on an engine.
 *
 * - `{% render_root tree %}` shows a tree; `name: value` after a comma gives its widgets variables
 * - `{% render child %}` shows one child; for a text it shows a partial, as it does everywhere in Liquid
 * - `{% render_children %}` shows all children, `{% render_children 'name' %}` those of a slot
 */
export function registerWidgetTags(engine: Liquid, actions: TagActions): void {
  engine.registerTag('render', renderTag(actions));
  engine.registerTag('render_children', renderChildrenTag(actions));
  engine.registerTag('render_root', renderRootTag(actions));
}

function renderTag(actions: TagActions): TagClass {
  return class RenderWidgetTag extends RenderTag {
    /** What stands after the tag's name, where that is no text in quotes. */
    readonly #value: Value | undefined;
    readonly #hasMore: boolean;

    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, rest, liquid, parser);
      this.#value = /^\s*["']/.test(token.args) ? undefined : new Value(token.args, liquid);
      this.#hasMore = /[\s,]/.test(token.args.trim());
    }

    override *render(context: Context, emitter: Emitter): Steps<void> {
      const value = this.#value === undefined ? undefined : yield* this.#value.value(context);
      if (actions.isAnyWidget(value)) return;
      const frame = context instanceof WidgetContext ? context.frame : undefined;
      const widget = frame?.page.views.widgetOf(value);
      if (frame === undefined || widget === undefined) return yield* super.render(context, emitter);
      if (this.#hasMore) throw new Error('a widget is rendered without further words');
      if (frame.page.views.of(widget, undefined).parent !== frame.view)
        throw new Error('only a child of this very widget can be rendered in its template');
      yield* writeChildren(frame, [widget], emitter, actions);
    }
  };
}

function renderChildrenTag(actions: TagActions): TagClass {
  return class RenderChildrenTag extends Tag {
    readonly #slot: Value | undefined;

    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
      super(token, rest, liquid);
      this.#slot = token.args.trim() === '' ? undefined : new Value(token.args, liquid);
    }

    override *render(context: Context, emitter: Emitter): Steps<unknown> {
      if (!(context instanceof WidgetContext)) {
        if (actions.explorer(this.liquid) !== undefined) return;
        throw new Error('render_children is for the templates of widgets');
      }
      const { frame } = context;
      const slot: unknown = this.#slot === undefined ? undefined : yield* this.#slot.value(context);
      const shown = this.#slot === undefined ? frame.view.children : frame.view.slots[String(slot)];
      if (shown === undefined) throw new Error(`there is no slot "${String(slot)}"`);
      const widgets = shown.flatMap((view) => frame.page.views.widgetOf(view) ?? []);
      yield* writeChildren(frame, widgets, emitter, actions);
    }
  };
}

/** Where a browser expects no markup, what a widget shows is text: in an attribute it must not end it. */
function* writeChildren(
  frame: Frame,
  widgets: readonly Widget[],
  emitter: Emitter,
  actions: TagActions,
): Steps<void> {
  const isInMarkup = !(emitter instanceof HtmlEmitter) || emitter.isInMarkup;
  yield* frame.time.others(function* () {
    for (const widget of widgets) emitter.write(yield* actions.renderChild(frame, widget, isInMarkup));
  });
}

function renderRootTag(actions: TagActions): TagClass {
  return class RenderRootTag extends Tag {
    readonly #tree: Value;
    readonly #variables: Hash;

    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, rest, liquid);
      // It leads to other templates, as this one does: whoever follows such tags is to follow this one.
      const Leading = liquid.tags.render;
      if (Leading !== undefined) new Leading(token, [], liquid, parser);
      // The token's own tokenizer was used up by that.
      const words = new Tokenizer(token.args, liquid.options.operators, token.file);
      const tree = words.readValue();
      if (tree === undefined) throw new Error('render_root needs a tree');
      this.#tree = new Value(tree.getText(), liquid);
      this.#variables = new Hash(words, liquid.options.keyValueSeparator);
    }

    override *render(context: Context, emitter: Emitter): Steps<unknown> {
      const explore = actions.explorer(this.liquid);
      if (explore !== undefined) return yield* explore(context, emitter);
      const tree = yield* this.#tree.value(context);
      const variables: unknown = yield this.#variables.render(context);
      const given = typeof variables === 'object' && variables !== null ? { ...variables } : {};
      const show = () => actions.renderRoot(tree, given, context);
      const inner = context instanceof WidgetContext ? context.frame.time.others(show) : show();
      emitter.write(yield* inner);
    }
  };
}
