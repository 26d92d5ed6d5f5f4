import { Html } from '../../widgets/fields/html.ts';

/**
 * A value as JSON for `<script type="application/json">`. Nothing in it ends the element or begins a comment in it, since it has no `<`; what
 * reads it as JSON gets the same value.
 */
export function jsonInPage(value: unknown): Html {
  return Html.trusted(JSON.stringify(value).replaceAll('<', '\\u003c'));
}
