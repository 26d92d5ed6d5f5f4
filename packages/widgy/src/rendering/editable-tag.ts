import { type Context, type Emitter, type Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs';
import type { Site } from '../widgets/site.ts';
import { HtmlEmitter } from './html-emitter.ts';
import { WidgetContext } from './widget-context.ts';

/** The attribute of an element in a preview that shows a field as it is. */
export const FIELD_ATTRIBUTE = 'data-widgy-field';

/** The kinds of fields that can be written into a page: an element can show them as they are. */
export const EDITABLE_KINDS: readonly string[] = ['text', 'long-text', 'rich-text'];

/** What the tag needs of the renderer. */
export interface EditableActions {
  readonly site: Site<never>;
  /** Whether an engine looks for something in templates, and shows nobody anything. */
  readonly isExploring: (engine: Liquid) => boolean;
}

/**
 * Makes the tag `{% editable 'text' %}`, which says in the tag of an element that the element shows a field of the widget as it is, and nothing
 * else: `<h2{% editable 'text' %}>{{ fields.text }}</h2>`. In previews it becomes an attribute, for visitors nothing.
 *
 * In previews it fails where the type has no such field, where its kind is none of {@link EDITABLE_KINDS}, and where it stands in no tag;
 * everywhere, once the template is read, where no name in quotes follows it.
 */
export function editableTag({ site, isExploring }: EditableActions): Liquid['tags'][string] {
  return class EditableTag extends Tag {
    readonly #field: string;

    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
      super(token, rest, liquid);
      const [, , field] = QUOTED.exec(token.args) ?? [];
      if (field === undefined) throw new Error('editable needs the name of a field in quotes');
      this.#field = field;
    }

    override render(context: Context, emitter: Emitter): void {
      if (!(context instanceof WidgetContext)) {
        if (isExploring(this.liquid)) return;
        throw new Error('editable is for the templates of widgets');
      }
      const { page, view } = context.frame;
      if (page.purpose !== 'preview') return;
      checkField(site, view.type, this.#field);
      if (!(emitter instanceof HtmlEmitter) || emitter.isInMarkup)
        throw new Error('editable stands in the tag of an element, behind its name');
      emitter.write(` ${FIELD_ATTRIBUTE}="${this.#field}"`);
    }
  };
}

const QUOTED = /^\s*(["'])([A-Za-z][A-Za-z0-9_]*)\1\s*$/;

function checkField(site: Site<never>, type: string, name: string): void {
  const field = site.types.get(type)?.fields.find((one) => one.name === name);
  if (field === undefined) throw new Error(`"${type}" has no field "${name}" that could be editable`);
  if (!EDITABLE_KINDS.includes(field.kind))
    throw new Error(
      `the field "${name}" is of the kind "${field.kind}": only ${EDITABLE_KINDS.join(', ')} are editable`,
    );
}
