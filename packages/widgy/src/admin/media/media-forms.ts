import { z } from 'zod';
import type { MediaItem, MediaRefusal } from '../../media/index.ts';
import { adminForm, type NamedError } from '../form.ts';

const name = z.string().min(1, 'Enter a name.').default('File').meta({ label: 'Name' });

const alt = z.string().default('').meta({
  label: 'Alternative text',
  kind: 'long-text',
  help: 'What the picture shows, for people who do not see it. Leave it blank where the picture only decorates.',
});

/** What is asked of a file that is not there yet. */
export const newMediaForm = adminForm('new media', z.object({ alt }));

const pictureForm = adminForm('picture', z.object({ name, alt }));
const documentForm = adminForm('document', z.object({ name }));

/** The form of a file that is there. A document has no alternative text, since it is never shown. */
export function mediaForm({ kind }: Pick<MediaItem, 'kind'>) {
  return kind === 'image' ? pictureForm : documentForm;
}

/**
 * What was refused of a change, under the names of controls. Of what somebody else changed meanwhile it says what is there now.
 *
 * @param typed what was to be kept
 */
export function errorsOfChange(
  refusal: MediaRefusal,
  typed: { readonly name: string; readonly alt?: string },
): readonly NamedError[] {
  switch (refusal.code) {
    case 'text-too-long':
      return [{ field: refusal.field, message: refusal.what }];
    case 'name-empty':
      return [{ field: 'name', message: refusal.what }];
    case 'stale': {
      const now = refusal.media;
      const changed: readonly NamedError[] = [
        ...(now.name === typed.name ? [] : [{ field: 'name', message: staleText(now.name) }]),
        ...(typed.alt === undefined || now.alt === typed.alt
          ? []
          : [{ field: 'alt', message: staleText(now.alt) }]),
      ];
      return changed.length > 0 ? changed : [{ field: '', message: refusal.what }];
    }
    default:
      return [{ field: '', message: refusal.what }];
  }
}

function staleText(now: string): string {
  const is = now === '' ? 'It is blank now' : `It is “${now}” now`;
  return `Somebody changed this meanwhile. ${is}. Save again to replace it.`;
}
