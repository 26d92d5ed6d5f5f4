/** The names that a form's controls are sent under. All begin with the same word, so that other things may be in the form too. */
export const FORM_PREFIX = 'fields';

/** The name of a control: `fields.slides.0.title`. */
export function controlName(prefix: string, path: readonly PropertyKey[]): string {
  return [prefix, ...path].map(String).join('.');
}

/** The name of what says how many items a list has. */
export function countName(prefix: string, path: readonly PropertyKey[]): string {
  return controlName(prefix, [...path, 'count']);
}

/** The name of the buttons that change lists. */
export function actionName(prefix: string): string {
  return `${prefix}._action`;
}

/** What the buttons of lists do. */
export type ListVerb = (typeof LIST_VERBS)[number];

/** All that buttons of lists do. */
export const LIST_VERBS = ['add', 'remove', 'up', 'down'] as const;

/** What a button asks for: of which list, and for all but adding, which item. */
export interface ListAction {
  readonly verb: ListVerb;
  readonly path: readonly string[];
}

/** Writes what a button sends: `remove:slides.2`. */
export function formatAction({ verb, path }: ListAction): string {
  return `${verb}:${path.join('.')}`;
}

/** Reads what a button sent; undefined if no button of ours sends it. */
export function parseAction(text: string): ListAction | undefined {
  const [, name, path = ''] = /^([a-z]+):([\w.]{1,500})$/.exec(text) ?? [];
  const verb = LIST_VERBS.find((known) => known === name);
  return verb && { verb, path: path.split('.') };
}

/** Writes what the button sends that looks for more choices of a field: `search:slides.2.picture`. */
export function formatSearch(path: readonly PropertyKey[]): string {
  return `search:${path.map(String).join('.')}`;
}

/** Reads the path of the field whose choices are searched; undefined if no such button sent it. */
export function parseSearch(text: string): readonly string[] | undefined {
  const [, path] = /^search:([\w.]{1,500})$/.exec(text) ?? [];
  return path?.split('.');
}
