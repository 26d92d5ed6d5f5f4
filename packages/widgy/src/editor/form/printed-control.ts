import type { ControlProps } from './control.ts';

/** The control of a field as the server prints it. */
export interface PrintedControl {
  /** The element that has the focus when the field has. */
  readonly first: HTMLElement;
  /** Without its label and help, which the form of the editor has already. */
  readonly shown: readonly Node[];
}

/** The control of a field in a printed form, in this document; undefined where it has none of that name. */
export function controlIn(printed: Document, name: string): PrintedControl | undefined {
  const found = printed.getElementById(name);
  if (found === null) return undefined;
  const field = found.closest('.widgy-field') ?? found;
  const copy = document.importNode(field, true);
  for (const element of copy.querySelectorAll('label, legend, .widgy-help, .widgy-error, script, style')) {
    if (element.parentElement === copy) element.remove();
  }
  const first = copy.querySelector(`[id="${CSS.escape(name)}"]`) ?? copy;
  return first instanceof HTMLElement
    ? { first, shown: field === found ? [copy] : [...copy.childNodes] }
    : undefined;
}

/** Ties a printed control to the label, the help and the errors of the form of the editor. */
export function tieControl(
  control: HTMLElement,
  { id, field, tied }: Pick<ControlProps, 'id' | 'field' | 'tied'>,
): void {
  control.id = id;
  control.classList.add('form-input');
  control.setAttribute('aria-label', field.label);
  for (const name of ['aria-describedby', 'aria-invalid'] as const) {
    const value = tied[name];
    if (value === undefined) control.removeAttribute(name);
    else control.setAttribute(name, value);
  }
}

/** Puts a text that was typed before into a control that has one. */
export function fillControl(control: HTMLElement, text: string): void {
  if (control instanceof HTMLTextAreaElement) control.value = text;
  else if (control instanceof HTMLInputElement && control.type === 'text') control.value = text;
}

/** What a control sends. */
export function textIn(box: Element | null, name: string): string {
  for (const control of box?.querySelectorAll(`[name="${CSS.escape(name)}"]`) ?? []) {
    const isText = control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement;
    if (isText) return control.value;
    if (!(control instanceof HTMLInputElement)) continue;
    const isBox = control.type === 'radio' || control.type === 'checkbox';
    if (!isBox || control.checked) return control.value;
  }
  return '';
}
