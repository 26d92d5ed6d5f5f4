import { useEffect, useState } from 'preact/hooks';
import type { LinkTarget, SearchTargets } from '../commands/resolve-references.ts';

/** Milliseconds after a key that the server is asked: nobody types a page's name in one stroke. */
export const ASK_AFTER_MS = 150;

/** What the server found. */
export interface FoundPages {
  readonly pages: readonly LinkTarget[];
  readonly state: 'none' | 'searching' | 'found' | 'unreachable';
}

const NOTHING: FoundPages = { pages: [], state: 'none' };

/** The pages that fit what is typed. Those of an earlier text are shown until there are others, and never after them. */
export function usePages(typed: string, search: SearchTargets): FoundPages {
  const [found, setFound] = useState(NOTHING);
  const text = typed.trim();
  useEffect(() => {
    if (text === '') return setFound(NOTHING);
    let isWanted = true;
    setFound(({ pages }) => ({ pages, state: 'searching' }));
    const timer = setTimeout(async () => {
      const pages = await search('page', text);
      if (isWanted)
        setFound(pages === undefined ? { pages: [], state: 'unreachable' } : { pages, state: 'found' });
    }, ASK_AFTER_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text, search]);
  return found;
}
