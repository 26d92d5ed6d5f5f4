import type { FormBody } from '../server/forms.ts';

/** The revision that whoever sends a form has looked at; one that nothing ever has where none was sent. */
export function seenIn({ form }: { readonly form: FormBody }): number {
  const seen = Number(form.text('seen') ?? 0);
  return Number.isSafeInteger(seen) ? seen : 0;
}
