/** Defining widgets, the registry of a site, and the fields and edit forms of widgets. */
export {
  defineWidget,
  extendWidget,
  type FieldsOf,
  type NoFields,
  type WidgetAction,
  type WidgetDefinition,
  type WidgetType,
} from './define-widget.ts';
export type { CheckedFields } from './fields/check.ts';
export type { Control } from './fields/control.ts';
export type { FieldDescription, Option } from './fields/description.ts';
export type { FieldError, FieldErrorCode } from './fields/field-error.ts';
export type { Entry, FormState } from './fields/form-state.ts';
export { attributes, Html, html } from './fields/html.ts';
export type { FieldKind, FieldKinds, Shape } from './fields/kind.ts';
export { DEFAULT_FORM_LIMITS, type FormLimits, MAX_MARKUP_LENGTH } from './fields/limits.ts';
export type { LinkGroup, LinkTarget } from './fields/link-choices.ts';
export type { LinkControlChoices } from './fields/link-control.ts';
export type { SubmittedEntries } from './fields/read-submission.ts';
export { defaultSanitisers, type Sanitisers } from './fields/sanitise.ts';
export type { FoundFile } from './find-files.ts';
export { isPermitted, type PermissionQuestion, type Permissions, type Permit } from './permissions.ts';
export {
  checkWidgetFields,
  defineSite,
  findTemplate,
  type Site,
  type SiteDefinition,
  type SiteType,
} from './site.ts';
export type { TemplateKind, WidgetFile } from './widget-files.ts';
export {
  type FormOptions,
  printWidgetForm,
  type ReadForm,
  readWidgetForm,
  type WidgetForm,
  widgetForm,
} from './widget-form.ts';
