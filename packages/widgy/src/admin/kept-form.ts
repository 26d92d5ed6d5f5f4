import { z } from 'zod';
import type { FormBody } from '../server/forms.ts';
import { CSRF_FIELD } from '../server/sessions.ts';

/** A form that was sent and not taken, to be sent again. */
export interface KeptForm {
  /** Where it was sent: a path of the administration. */
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** Fields that are never kept. */
const SECRET = /password/i;

/** Keeps what was sent, but for passwords. */
export function keepForm(action: string, form: FormBody): KeptForm {
  const fields = form.entries.flatMap(([name, value]) =>
    SECRET.test(name) || name === CSRF_FIELD ? [] : { name, value },
  );
  return { action, fields };
}

/** A form that was kept as one text, for a field of another form. */
export function formatKeptForm(kept: KeptForm): string {
  return JSON.stringify(kept);
}

/** Reads what {@link formatKeptForm} wrote; undefined for anything else, and for what would be sent elsewhere than below `adminUrl`. */
export function readKeptForm(text: string | undefined, adminUrl: string): KeptForm | undefined {
  if (text === undefined) return undefined;
  const read = KEPT.safeParse(parsed(text));
  return read.success && isBelow(read.data.action, adminUrl) ? read.data : undefined;
}

/** Whether an address is one of the administration: for where to go after signing in. */
export function isBelow(address: string, adminUrl: string): boolean {
  const base = 'http://site.invalid';
  const url = URL.parse(address, base);
  if (url === null || url.origin !== base || !address.startsWith('/')) return false;
  return url.pathname === adminUrl || url.pathname.startsWith(`${adminUrl}/`);
}

const KEPT = z.object({
  action: z.string(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
