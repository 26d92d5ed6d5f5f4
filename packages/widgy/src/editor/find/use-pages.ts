import { useEffect, useState } from 'preact/hooks';
import type { EditorData } from '../server/editor-data.ts';
import { type FoundTarget, searchLinks } from '../server/links.ts';
import { MAX_RESULTS } from './results.ts';

/** Milliseconds after a key that the server is asked: nobody types a page's name in one stroke. */
export const ASK_AFTER_MS = 150;

/** What the server found. */
export interface FoundPages {
  readonly pages: readonly FoundTarget[];
  readonly state: 'none' | 'searching' | 'found' | 'unreachable';
}

const NOTHING: FoundPages = { pages: [], state: 'none' };

/** The pages that fit what is typed. Those of an earlier text are shown until there are others, and never after them. */
export function usePages(
  typed: string,
  data: Pick<EditorData, 'api' | 'document'>,
  language: string,
): FoundPages {
  const [found, setFound] = useState(NOTHING);
  const text = typed.trim();
  useEffect(() => {
    if (text === '') return setFound(NOTHING);
    let isWanted = true;
    setFound(({ pages }) => ({ pages, state: 'searching' }));
    const timer = setTimeout(async () => {
      // One more than is shown, so that it is known whether there are more.
      const limit = MAX_RESULTS.pages + 1;
      const answer = await searchLinks(data, { text, types: ['page'], limit, language, hasDocuments: true });
      if (!isWanted) return;
      const pages = answer.kind === 'done' ? answer.value.flatMap(({ targets }) => targets) : [];
      setFound({ pages, state: answer.kind === 'done' ? 'found' : 'unreachable' });
    }, ASK_AFTER_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text, data, language]);
  return found;
}
