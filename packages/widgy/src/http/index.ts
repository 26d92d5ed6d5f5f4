/** The JSON API of documents, as a plug-in for Fastify. Node only. */
export { widgyApi } from './api.ts';
export { FORM_POLICY, type FormQuestion, type Forms, formsWith } from './forms.ts';
export {
  type ApiLimits,
  DEFAULT_API_LIMITS,
  MAX_CHANGES_PAGE,
  MAX_CHANGES_PAGE_BYTES,
  RETRY_AFTER_SECONDS,
} from './limits.ts';
export type { ApiOptions } from './options.ts';
export type { PeopleNames } from './people.ts';
export {
  denyAll,
  POLICIES,
  type Policies,
  type Policy,
  type PolicyCheck,
  type PolicyQuestion,
} from './policies.ts';
export { PREVIEW_POLICY, type Preview, type PreviewQuestion, previewWith } from './preview.ts';
export { type ApiRefusalCode, PROBLEM_TYPE, PROBLEMS, type ProblemCode } from './problem.ts';
