import type { Answer } from './answer.ts';
import { type FoundTarget, readTarget } from './links.ts';
import type { FileTaking } from './media-data.ts';
import { ask, tokenOfPage } from './request.ts';

/** Milliseconds after which a file that is being sent counts as lost. */
export const SENDING_MS = 300_000;

/** Adds a file to the media of the site. Sent again with the same id, it adds no second one. */
export function addFile({ url }: FileTaking, id: string, file: File): Promise<Answer<FoundTarget>> {
  const form = new FormData();
  form.append('_csrf', tokenOfPage());
  form.append('id', id);
  form.append('file', file);
  return ask({ method: 'POST', url, form, ms: SENDING_MS }, ({ type, ...told }) =>
    typeof type === 'string' ? readTarget(type, told)[0] : undefined,
  );
}
