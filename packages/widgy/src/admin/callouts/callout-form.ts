import { z } from 'zod';
import type { CalloutRefusal } from '../../callouts/index.ts';
import { adminForm, type NamedError } from '../form.ts';

/** The form of a call-out: its name. What it shows is edited as a document. */
export const calloutForm = adminForm(
  'call-out',
  z.object({
    name: z
      .string()
      .min(1, 'Enter a name.')
      .default('New call-out')
      .meta({ label: 'Name', help: 'For those who edit the site. Visitors do not see it.' }),
  }),
);

/** What was refused, under the names of controls. Of what somebody else changed meanwhile it says what is there now. */
export function errorsOf(refusal: CalloutRefusal): readonly NamedError[] {
  switch (refusal.code) {
    case 'name-invalid':
    case 'name-taken':
      return [{ field: 'name', message: refusal.what }];
    case 'stale': {
      const message = `Somebody changed this meanwhile. It is “${refusal.callout.name}” now. Save again to replace it.`;
      return [{ field: 'name', message }];
    }
    default:
      return [{ field: '', message: refusal.what }];
  }
}
