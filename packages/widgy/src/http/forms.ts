import type { FastifyRequest } from 'fastify';
import type { DocumentState } from '../documents/drafts/draft.ts';
import type { DocumentStore } from '../documents/store.ts';
import { type Renderer, renderWidgetForm } from '../rendering/index.ts';
import type { Html } from '../widgets/fields/html.ts';
import type { LinkGroup } from '../widgets/fields/link-choices.ts';
import { printWidgetForm, type WidgetForm } from '../widgets/widget-form.ts';

/** Which edit form is to be printed. */
export interface FormQuestion {
  readonly documents: DocumentStore;
  readonly document: DocumentState;
  /** The id of the widget. */
  readonly widget: string;
  readonly form: WidgetForm;
  /** What its links may point at. */
  readonly links: readonly LinkGroup[];
  readonly request: FastifyRequest;
}

/** Gives the controls of an edit form. */
export type Forms = (question: FormQuestion) => Html | Promise<Html>;

/** Prints forms with the templates that types have for them. */
export function formsWith(renderer: Renderer): Forms {
  return ({ form, links }) => renderWidgetForm(renderer, form, { links });
}

/** Prints forms without templates. */
export const plainForms: Forms = ({ documents, form, links }) =>
  printWidgetForm(documents.site, form, { links });

/** What a browser may do with a form that is shown by itself: nothing but show it, and send it to this origin. */
export const FORM_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');
