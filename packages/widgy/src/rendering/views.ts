import { rememberedByTwo } from '../remembered.ts';
import type { NamedSlotRule } from '../tree/rules/type-rules.ts';
import type { Tree } from '../tree/tree.ts';
import type { Widget } from '../tree/widget.ts';
import { type FieldContext, fieldValues } from './field-values.ts';

/** A widget as templates see it. Each part is made when it is asked for. */
export interface WidgetView {
  readonly id: string;
  readonly type: string;
  readonly slot: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly children: readonly WidgetView[];
  /** The children by slot; those of no named slot are in `children` only. */
  readonly slots: Readonly<Record<string, readonly WidgetView[]>>;
  readonly parent: WidgetView | undefined;
}

/**
 * The widgets of a tree as templates see them. Where what they show hangs on nothing but the tree and the site, neither of which
 * changes, they are made once for as long as both are known.
 */
export function viewsOf(tree: Tree, context: FieldContext): Views {
  return context.references.size > 0 ? new Views(context) : viewsWithoutReferences(context.site, tree.root);
}

const viewsWithoutReferences = rememberedByTwo(
  (site: FieldContext['site'], _root: Widget) => new Views({ site, references: new Map() }),
);

/** The widgets of one tree as templates see them, the same view for the same widget. */
export class Views {
  readonly #context: FieldContext;
  readonly #views = new Map<Widget, WidgetView>();
  readonly #widgets = new WeakMap<object, Widget>();
  readonly #variables = new WeakMap<WidgetView, object>();

  constructor(context: FieldContext) {
    this.#context = context;
  }

  /** @param parent of the widget; undefined for a root */
  of(widget: Widget, parent: WidgetView | undefined): WidgetView {
    const known = this.#views.get(widget);
    if (known !== undefined) return known;
    const view = this.#make(widget, parent);
    this.#views.set(widget, view);
    this.#widgets.set(view, widget);
    return view;
  }

  /** What the template of a widget has as variables: an object of its own, since tags of LiquidJS may write into it. */
  variablesOf(view: WidgetView): object {
    const known = this.#variables.get(view) ?? variablesOf(view);
    this.#variables.set(view, known);
    return { __proto__: null, ...known };
  }

  /** For another tree on the same page. */
  another(tree: Tree): Views {
    return viewsOf(tree, this.#context);
  }

  /** The widget that a value in a template is a view of; undefined for any other value. */
  widgetOf(value: unknown): Widget | undefined {
    return typeof value === 'object' && value !== null ? this.#widgets.get(value) : undefined;
  }

  #make(widget: Widget, parent: WidgetView | undefined): WidgetView {
    const { id, type, slot } = widget;
    const known = this.#context.site.types.get(type);
    const children = once(() => widget.children.map((child) => this.of(child, view)));
    const fields = once(() => fieldValues(widget.fields, known?.fields ?? [], this.#context));
    const named = known?.definition.rules.children?.slots ?? [];
    const slots = once(() => slotsOf(named, children()));
    const view: WidgetView = Object.freeze({
      __proto__: null,
      ...{ id, type, slot, parent },
      get fields() {
        return fields();
      },
      get children() {
        return children();
      },
      get slots() {
        return slots();
      },
    });
    return view;
  }
}

function variablesOf(view: WidgetView): object {
  const { fields, children, slots, parent } = view;
  return { widget: view, fields, children, slots, parent };
}

function slotsOf(named: readonly NamedSlotRule[], children: readonly WidgetView[]): WidgetView['slots'] {
  const slots: Record<string, WidgetView[]> = Object.create(null);
  for (const { name } of named) slots[name] = [];
  for (const child of children) {
    if (child.slot === undefined) continue;
    const others = slots[child.slot] ?? [];
    others.push(child);
    slots[child.slot] = others;
  }
  return slots;
}

/** A function that makes its value when it is first asked. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
